using System.Buffers.Binary;

namespace Gateway.DataPlane.Dns;

/// <summary>Writes queries.</summary>
internal static class DnsMessageWriter
{
    /// <summary>Of a query: header, name, type and class, EDNS.</summary>
    public const int MaxQuery = DnsMessageReader.HeaderLength + DnsName.MaxLength + 4 + OptLength;

    /// <summary>What fits into one packet on every path (DNS flag day 2020).</summary>
    public const int UdpPayload = 1232;

    private const int OptLength = 11;
    private const ushort RecursionDesired = 0x0100;
    private const ushort InternetClass = 1;

    /// <summary>The query's length; 0 where the name cannot be asked for.</summary>
    public static int Write(Span<byte> destination, ushort id, string name, DnsRecordType type, bool withEdns)
    {
        destination[..DnsMessageReader.HeaderLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(destination, id);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], 1);
        if (!DnsName.TryWrite(name, destination[DnsMessageReader.HeaderLength..], out var length))
        {
            return 0;
        }

        var at = DnsMessageReader.HeaderLength + length;
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], InternetClass);
        at += 4;
        if (!withEdns)
        {
            return at;
        }

        // An OPT record: the root's name, and the size that is taken in the place of the class.
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], 1);
        var opt = destination.Slice(at, OptLength);
        opt.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)DnsRecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], UdpPayload);
        return at + OptLength;
    }
}
