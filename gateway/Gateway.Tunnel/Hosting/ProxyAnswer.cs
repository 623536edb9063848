using System.Globalization;
using System.Text;

namespace Gateway.Tunnel.Hosting;

/// <summary>A proxy's answer to CONNECT: its status line and header, which end where the tunnel begins (RFC 9110, 9.3.6; RFC 9112, 4).</summary>
internal static class ProxyAnswer
{
    private const int Longest = 16 * 1024;

    /// <summary>The status; answers of 1xx are passed over.</summary>
    /// <exception cref="InvalidDataException">The answer is none, is cut, is too long, or goes on after its end.</exception>
    public static async Task<int> ReadStatusAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Longest];
        var length = 0;
        while (true)
        {
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var status = ParseStatus(buffer.AsSpan(0, end));
                var next = end + 4;
                if (status is >= 200 or 101)
                {
                    // A control plane waits for our ClientHello: whatever comes before it, comes from someone else. The body of a refusal is not read.
                    return status > 299 || next == length ? status : throw new InvalidDataException("sent more than its answer to CONNECT");
                }

                buffer.AsSpan(next, length - next).CopyTo(buffer);
                length -= next;
                continue;
            }

            if (length == buffer.Length)
            {
                throw new InvalidDataException($"answers CONNECT with more than {Longest} bytes of header");
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                throw new InvalidDataException("closed the connection in place of an answer to CONNECT");
            }

            length += read;
        }
    }

    // HTTP/1.1 200 Connection established
    private static int ParseStatus(ReadOnlySpan<byte> header)
    {
        var lineEnd = header.IndexOf("\r\n"u8);
        var line = lineEnd < 0 ? header : header[..lineEnd];
        return line.Length >= 12
            && line.StartsWith("HTTP/1."u8)
            && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ')
            && int.TryParse(Encoding.ASCII.GetString(line[9..12]), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status >= 100
            ? status
            : throw new InvalidDataException("answers CONNECT with something that is not HTTP/1.1");
    }
}
