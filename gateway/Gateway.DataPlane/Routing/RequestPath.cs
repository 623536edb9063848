using System.Buffers;
using System.Text;

namespace Gateway.DataPlane.Routing;

/// <summary>
/// A request's path as routes see it, after Kong's rules (RFC 3986, section 6.2.2): triplets of reserved characters stay, in upper case; all others are
/// decoded; dot segments are resolved; runs of slashes become one.
/// </summary>
/// <remarks>
/// What is matched is also what goes upstream (escaped again), so a route and an upstream never disagree about what was asked.
/// A percent sign that begins no triplet becomes one of its own, which Kong leaves alone.
/// Triplets that are no valid UTF-8 stay as they are, since a string could not give them back.
/// </remarks>
internal static class RequestPath
{
    private const string Reserved = "!*'();:@&=+$,/?%#[]";
    private static readonly SearchValues<char> Forwardable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&'()*+,/:;=?@[]-_.~%");

    /// <summary>The normal form. Most paths are in it already: those come back as the same memory.</summary>
    public static ReadOnlyMemory<char> Normalize(ReadOnlyMemory<char> path)
    {
        var span = path.Span;
        if (!NeedsWork(span))
        {
            return path;
        }

        var text = span.Contains('%') ? Decode(span) : span.ToString();
        return RemoveDotSegments(text).AsMemory();
    }

    public static string Normalize(string path) => Normalize(path.AsMemory()).ToString();

    /// <summary>Escapes what may not stand in a request line; what is escaped already stays.</summary>
    public static string Escape(string path)
    {
        var first = path.AsSpan().IndexOfAnyExcept(Forwardable);
        if (first < 0)
        {
            return path;
        }

        var escaped = new StringBuilder(path.Length + 16).Append(path, 0, first);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in path.AsSpan(first).EnumerateRunes())
        {
            if (rune.IsAscii && Forwardable.Contains((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            var length = rune.EncodeToUtf8(bytes);
            foreach (var value in bytes[..length])
            {
                escaped.Append('%').Append(value.ToString("X2", null));
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsWork(ReadOnlySpan<char> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' || (path[i] == '/' && i + 1 < path.Length && path[i + 1] is '/' or '.'))
            {
                return true;
            }
        }

        return path.Length > 0 && path[0] == '.';
    }

    private static string Decode(ReadOnlySpan<char> path)
    {
        var decoded = new StringBuilder(path.Length);
        var pending = new byte[path.Length / 3];
        var pendingCount = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                var value = (byte)((HexValue(path[i + 1]) << 4) | HexValue(path[i + 2]));
                i += 2;
                if (Reserved.Contains((char)value))
                {
                    Flush(decoded, pending.AsSpan(0, pendingCount));
                    pendingCount = 0;
                    decoded.Append('%').Append(value.ToString("X2", null));
                }
                else
                {
                    pending[pendingCount++] = value;
                }

                continue;
            }

            Flush(decoded, pending.AsSpan(0, pendingCount));
            pendingCount = 0;
            if (path[i] == '%')
            {
                // One that begins no triplet stands for itself. Left as it is, it could begin one with what follows when that is decoded: /%%30f.
                decoded.Append("%25");
            }
            else
            {
                decoded.Append(path[i]);
            }
        }

        Flush(decoded, pending.AsSpan(0, pendingCount));
        return decoded.ToString();
    }

    private static void Flush(StringBuilder decoded, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
            {
                decoded.Append(rune.ToString());
            }
            else
            {
                foreach (var value in bytes[..consumed])
                {
                    decoded.Append('%').Append(value.ToString("X2", null));
                }
            }

            bytes = bytes[consumed..];
        }
    }

    // RFC 3986, section 5.2.4, with Kong's merging of slashes.
    private static string RemoveDotSegments(string path)
    {
        var output = new StringBuilder(path.Length);
        var input = path.AsSpan();
        while (input.Length > 0)
        {
            if (input is "/." or "/..")
            {
                if (input.Length == 3)
                {
                    RemoveLastSegment(output);
                }

                input = "/";
            }
            else if (input is "." or "..")
            {
                break;
            }
            else if (input.StartsWith("../", StringComparison.Ordinal))
            {
                input = input[3..];
            }
            else if (input.StartsWith("./", StringComparison.Ordinal) || input.StartsWith("/./", StringComparison.Ordinal))
            {
                input = input[2..];
            }
            else if (input.StartsWith("/../", StringComparison.Ordinal))
            {
                RemoveLastSegment(output);
                input = input[3..];
            }
            else if (input.StartsWith("//", StringComparison.Ordinal))
            {
                input = input[1..];
            }
            else
            {
                var next = input[1..].IndexOf('/');
                var segment = next < 0 ? input : input[..(next + 1)];
                output.Append(segment);
                input = input[segment.Length..];
            }
        }

        return output.ToString();
    }

    private static void RemoveLastSegment(StringBuilder output)
    {
        var length = output.Length;
        while (length > 0 && output[--length] != '/')
        {
        }

        output.Length = length;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
