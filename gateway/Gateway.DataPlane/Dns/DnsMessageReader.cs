using System.Buffers.Binary;
using System.Net;

namespace Gateway.DataPlane.Dns;

/// <summary>Reads responses. Whatever the bytes are: the end is a message or a refusal, in time that is linear in their number.</summary>
internal static class DnsMessageReader
{
    public const int HeaderLength = 12;

    private const ushort ResponseBit = 0x8000;
    private const ushort OpcodeBits = 0x7800;
    private const ushort TruncatedBit = 0x0200;
    private const ushort CodeBits = 0x000f;
    private const ushort InternetClass = 1;

    /// <summary>A week: what lives longer is looked up again anyway.</summary>
    private const uint LongestLife = 604_800;

    /// <summary>Null where this is no well-formed response to exactly this query.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> message, ushort id, string name, DnsRecordType type)
    {
        if (message.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(message) != id)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        if ((flags & ResponseBit) == 0 || (flags & OpcodeBits) != 0)
        {
            return null;
        }

        var code = (DnsResponseCode)(flags & CodeBits);
        var offset = HeaderLength;

        // A server that could not read the question may leave it out.
        if (questions == 0 && code is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented)
        {
            return new DnsMessage(code, IsTruncated: false, [], AbsenceLife: null);
        }

        if (questions != 1 || !IsQuestion(message, ref offset, name, type))
        {
            return null;
        }

        var isTruncated = (flags & TruncatedBit) != 0;
        var answers = new List<DnsRecord>();
        var authorities = new List<DnsRecord>();
        if (!TryReadSection(message, ref offset, BinaryPrimitives.ReadUInt16BigEndian(message[6..]), answers)
            || !TryReadSection(message, ref offset, BinaryPrimitives.ReadUInt16BigEndian(message[8..]), authorities))
        {
            // Only what was cut off may be broken.
            return isTruncated ? new DnsMessage(code, isTruncated, [], AbsenceLife: null) : null;
        }

        return new DnsMessage(code, isTruncated, answers, authorities.Find(static record => record.Type == DnsRecordType.Soa)?.Life);
    }

    private static bool IsQuestion(ReadOnlySpan<byte> message, ref int offset, string name, DnsRecordType type)
    {
        if (!DnsName.TryRead(message, ref offset, out var asked)
            || offset + 4 > message.Length
            || !asked.AsSpan().Equals(name.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase)
            || BinaryPrimitives.ReadUInt16BigEndian(message[offset..]) != (ushort)type
            || BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 2)..]) != InternetClass)
        {
            return false;
        }

        offset += 4;
        return true;
    }

    private static bool TryReadSection(ReadOnlySpan<byte> message, ref int offset, int count, List<DnsRecord> records)
    {
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(message, ref offset, out var owner) || offset + 10 > message.Length)
            {
                return false;
            }

            var type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
            var recordClass = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 2)..]);
            var life = BinaryPrimitives.ReadUInt32BigEndian(message[(offset + 4)..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 8)..]);
            offset += 10;
            if (offset + length > message.Length)
            {
                return false;
            }

            // RFC 2181, section 8: with the highest bit set, no life at all.
            life = life > int.MaxValue ? 0 : Math.Min(life, LongestLife);
            if (recordClass == InternetClass && !TryReadData(message, offset, length, new DnsRecord(owner, type, life), records))
            {
                return false;
            }

            offset += length;
        }

        return true;
    }

    private static bool TryReadData(ReadOnlySpan<byte> message, int offset, int length, DnsRecord record, List<DnsRecord> records)
    {
        var end = offset + length;
        var data = message[offset..end];
        switch (record.Type)
        {
            case DnsRecordType.A when length == 4:
            case DnsRecordType.Aaaa when length == 16:
                records.Add(record with { Address = new IPAddress(data) });
                return true;
            case DnsRecordType.A or DnsRecordType.Aaaa:
                return false;
            case DnsRecordType.Cname:
                return TryReadName(message, offset, end, out var alias) && Add(records, record with { Target = alias });
            case DnsRecordType.Srv:
                return length > 6
                    && TryReadName(message, offset + 6, end, out var target)
                    && Add(records, record with
                    {
                        Target = target,
                        Priority = BinaryPrimitives.ReadUInt16BigEndian(data),
                        Weight = BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
                        Port = BinaryPrimitives.ReadUInt16BigEndian(data[4..]),
                    });
            case DnsRecordType.Soa:
                return length >= 20 && Add(records, record with { Life = Math.Min(record.Life, BinaryPrimitives.ReadUInt32BigEndian(data[^4..])) });
            default:
                return true;
        }
    }

    private static bool TryReadName(ReadOnlySpan<byte> message, int offset, int end, out string name) =>
        DnsName.TryRead(message, ref offset, out name) && offset == end;

    private static bool Add(List<DnsRecord> records, DnsRecord record)
    {
        records.Add(record);
        return true;
    }
}
