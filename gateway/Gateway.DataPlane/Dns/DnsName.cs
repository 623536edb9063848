using System.Text;

namespace Gateway.DataPlane.Dns;

/// <summary>Names on the wire (RFC 1035, section 3.1 and 4.1.4).</summary>
internal static class DnsName
{
    /// <summary>Of a name on the wire, the root's zero included.</summary>
    public const int MaxLength = 255;

    private const int MaxLabel = 63;

    // No honest name needs more than one per label, and hardly one.
    private const int MaxJumps = 32;
    private const byte PointerBits = 0b1100_0000;

    /// <summary>True where the name can be asked for: ASCII labels of 1 to 63 characters, 253 in all.</summary>
    public static bool TryWrite(ReadOnlySpan<char> name, Span<byte> destination, out int written)
    {
        written = 0;
        name = name.TrimEnd('.');
        if (name.IsEmpty || name.Length > MaxLength - 2)
        {
            return false;
        }

        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.IsEmpty || label.Length > MaxLabel || !Ascii.IsValid(label) || written + label.Length + 1 >= destination.Length)
            {
                return false;
            }

            destination[written++] = (byte)label.Length;
            written += Encoding.ASCII.GetBytes(label, destination[written..]);
        }

        destination[written++] = 0;
        return true;
    }

    /// <summary>
    /// Reads the name at <paramref name="offset"/> and moves past it. A pointer must lead to before where its name began, and there are few of them, so that reading ends soon.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var at = offset;
        var begin = offset;
        var jumps = 0;
        while (at < message.Length)
        {
            var length = message[at];
            if (length == 0)
            {
                offset = jumps > 0 ? offset : at + 1;
                name = text.ToString();
                return true;
            }

            if ((length & PointerBits) == PointerBits)
            {
                if (at + 1 >= message.Length)
                {
                    return false;
                }

                var target = ((length & ~PointerBits) << 8) | message[at + 1];
                if (target >= begin || ++jumps > MaxJumps)
                {
                    return false;
                }

                offset = jumps > 1 ? offset : at + 2;
                at = begin = target;
                continue;
            }

            if (length > MaxLabel || at + 1 + length > message.Length || text.Length + length + 1 > MaxLength - 1)
            {
                return false;
            }

            if (!TryAppend(text, message.Slice(at + 1, length)))
            {
                return false;
            }

            at += 1 + length;
        }

        return false;
    }

    // A dot, a control character or a byte beyond ASCII within a label is nothing that a host has.
    private static bool TryAppend(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
        {
            text.Append('.');
        }

        foreach (var value in label)
        {
            if (value is <= (byte)' ' or (byte)'.' or >= 0x7f)
            {
                return false;
            }

            text.Append(char.ToLowerInvariant((char)value));
        }

        return true;
    }
}
