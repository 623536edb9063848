using System.Globalization;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>
/// A response's status line and header fields, read strictly: what could be understood in two ways is not passed on. Belongs to a connection and is read anew for
/// each response.
/// </summary>
internal sealed class ResponseHead
{
    private readonly List<HeaderField> _fields = [];
    private int _scanned;
    private bool _isHttp11;

    public int Status { get; private set; }

    public int FieldCount { get; private set; }

    /// <summary>Of the body, where <see cref="Framing"/> is by length; else null.</summary>
    public long? ContentLength { get; private set; }

    public BodyFraming Framing { get; private set; }

    /// <summary>Whether the connection may serve another request after the body's end.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>What the response's Connection field names beside what every proxy knows; null for nothing.</summary>
    public string? ConnectionOptions { get; private set; }

    public HeaderField this[int index] => _fields[index];

    /// <summary>Before the next response.</summary>
    public void Reset() => _scanned = 0;

    /// <summary>Reads the head from the beginning of what has been received.</summary>
    /// <param name="isHead">Whether the request's method was HEAD, whose answers have no body.</param>
    /// <param name="consumed">Bytes up to the body.</param>
    public HeadStatus TryRead(ReadOnlySpan<byte> received, bool isHead, out int consumed)
    {
        consumed = EndOf(received);
        if (consumed == 0)
        {
            return received.Length >= ExchangeLimits.HeadSize ? HeadStatus.Invalid : HeadStatus.Incomplete;
        }

        return ReadLines(received[..consumed]) && Interpret(isHead) ? HeadStatus.Complete : HeadStatus.Invalid;
    }

    // The first empty line. Looked for from where the last search ended, since a head may come byte by byte.
    private int EndOf(ReadOnlySpan<byte> received)
    {
        while (_scanned < received.Length)
        {
            var end = received[_scanned..].IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            var next = _scanned + end + 1;
            if (next < received.Length && received[next] == '\n')
            {
                return next + 1;
            }

            if (next + 1 < received.Length && received[next] == '\r' && received[next + 1] == '\n')
            {
                return next + 2;
            }

            if (next + 1 >= received.Length)
            {
                // What follows this line has to be seen again.
                break;
            }

            _scanned = next;
        }

        return 0;
    }

    private bool ReadLines(ReadOnlySpan<byte> head)
    {
        FieldCount = 0;
        if (!ReadStatusLine(NextLine(ref head)))
        {
            return false;
        }

        while (true)
        {
            var line = NextLine(ref head);
            if (line.IsEmpty)
            {
                return true;
            }

            if (FieldCount == ExchangeLimits.HeaderFields)
            {
                return false;
            }

            if (FieldCount == _fields.Count)
            {
                _fields.Add(new HeaderField());
            }

            if (!_fields[FieldCount++].Read(line))
            {
                return false;
            }
        }
    }

    // A line ends with CR LF; a single LF is recognised, as RFC 9112, section 2.2 allows. Any other CR makes the line invalid where it is read.
    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        var line = head[..end];
        head = head[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private bool ReadStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' ' || !HeaderSyntax.IsValue(line)
            || (line.Length > 12 && line[12] != ' '))
        {
            return false;
        }

        _isHttp11 = line[7] == '1';
        var (hundreds, tens, ones) = (line[9] - '0', line[10] - '0', line[11] - '0');
        if (hundreds is < 1 or > 9 || tens is < 0 or > 9 || ones is < 0 or > 9)
        {
            return false;
        }

        Status = (hundreds * 100) + (tens * 10) + ones;
        return true;
    }

    private bool Interpret(bool isHead)
    {
        ContentLength = null;
        KeepsAlive = _isHttp11;
        ConnectionOptions = null;
        var chunked = false;
        for (var i = 0; i < FieldCount; i++)
        {
            var field = _fields[i];
            switch (field.Role)
            {
                case HeaderRole.ContentLength:
                    // Twice, even if equal, is what smuggling looks like.
                    if (ContentLength is not null || !TryReadLength(field.Value, out var length))
                    {
                        return false;
                    }

                    ContentLength = length;
                    break;
                case HeaderRole.TransferEncoding:
                    if (chunked || !_isHttp11 || !string.Equals(field.Value, "chunked", StringComparison.OrdinalIgnoreCase))
                    {
                        return false;
                    }

                    chunked = true;
                    break;
                case HeaderRole.Connection:
                    ReadConnection(field.Value);
                    break;
            }
        }

        if (chunked && ContentLength is not null)
        {
            return false;
        }

        Framing = isHead || Status is < 200 or 204 or 304 ? BodyFraming.None
            : chunked ? BodyFraming.Chunked
            : ContentLength is { } bytes ? (bytes == 0 ? BodyFraming.None : BodyFraming.Length)
            : BodyFraming.Close;
        KeepsAlive &= Framing != BodyFraming.Close;
        return true;
    }

    private void ReadConnection(string value)
    {
        foreach (var range in value.AsSpan().Split(','))
        {
            var option = value.AsSpan(range).Trim();
            if (option.Equals("close", StringComparison.OrdinalIgnoreCase))
            {
                KeepsAlive = false;
            }
            else if (option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
            {
                // With HTTP/1.0 it would be a promise; a connection is cheaper than trusting one.
            }
            else if (!option.IsEmpty)
            {
                ConnectionOptions = ConnectionOptions is null ? option.ToString() : $"{ConnectionOptions},{option}";
            }
        }
    }

    private static bool TryReadLength(string value, out long length) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out length);
}
