using System.Buffers.Binary;

namespace Gateway.Tunnel.Hosting;

/// <summary>Looks at a connection's first bytes (RFC 8446, 4.1.2 and 4.2.1), which the TLS stack tells nobody about when it refuses them.</summary>
internal static class ClientHello
{
    /// <summary>Of a record: no first flight is longer (RFC 8446, 5.1).</summary>
    public const int MaximumLength = RecordHeader + (16 * 1024);

    private const int RecordHeader = 5;
    private const int HandshakeHeader = 4;
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const ushort SupportedVersions = 43;
    private const ushort Tls13 = 0x0304;

    public static ClientHelloVerdict Read(ReadOnlySpan<byte> bytes)
    {
        if ((bytes.Length > 0 && bytes[0] != HandshakeRecord) || (bytes.Length > 1 && bytes[1] != 3))
        {
            return ClientHelloVerdict.NotTls;
        }

        if (bytes.Length < RecordHeader)
        {
            return ClientHelloVerdict.Incomplete;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        if (RecordHeader + length > MaximumLength)
        {
            return ClientHelloVerdict.NotTls;
        }

        if (bytes.Length < RecordHeader + length)
        {
            return ClientHelloVerdict.Incomplete;
        }

        return ReadMessage(bytes.Slice(RecordHeader, length));
    }

    private static ClientHelloVerdict ReadMessage(ReadOnlySpan<byte> record)
    {
        if (record.Length < HandshakeHeader || record[0] != ClientHelloMessage)
        {
            return ClientHelloVerdict.NotTls;
        }

        var length = (record[1] << 16) | (record[2] << 8) | record[3];
        if (record.Length < HandshakeHeader + length)
        {
            // Spread over several records, which is allowed: the TLS stack decides.
            return ClientHelloVerdict.Tls13;
        }

        // Version and random, session id, cipher suites, compression methods.
        var rest = record.Slice(HandshakeHeader, length);
        return Skip(ref rest, 2 + 32) && SkipVector(ref rest, 1) && SkipVector(ref rest, 2) && SkipVector(ref rest, 1)
            ? ReadExtensions(rest)
            : ClientHelloVerdict.NotTls;
    }

    private static ClientHelloVerdict ReadExtensions(ReadOnlySpan<byte> rest)
    {
        // None at all is TLS 1.2 or earlier.
        Skip(ref rest, Math.Min(2, rest.Length));
        while (rest.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            rest = rest[4..];
            if (rest.Length < length)
            {
                return ClientHelloVerdict.NotTls;
            }

            if (type == SupportedVersions)
            {
                return Offers(rest[..length], Tls13) ? ClientHelloVerdict.Tls13 : ClientHelloVerdict.OldTls;
            }

            rest = rest[length..];
        }

        return ClientHelloVerdict.OldTls;
    }

    private static bool Offers(ReadOnlySpan<byte> versions, ushort version)
    {
        for (var i = 1; i + 1 < versions.Length; i += 2)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(versions[i..]) == version)
            {
                return true;
            }
        }

        return false;
    }

    private static bool SkipVector(ref ReadOnlySpan<byte> rest, int lengthSize)
    {
        if (rest.Length < lengthSize)
        {
            return false;
        }

        return Skip(ref rest, lengthSize + (lengthSize == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest)));
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < length)
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }
}
