using System.Buffers;
using System.Text;
using Gateway.DataPlane.Pipeline;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>Writes a request's line and header fields as an upstream gets them, into a rented buffer that grows.</summary>
internal sealed class RequestHead : IDisposable
{
    private byte[] _buffer;
    private int _length;

    public RequestHead(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <param name="chunked">Whether a body follows whose length is not known.</param>
    /// <exception cref="InvalidOperationException">A header field that a plugin set holds a line break.</exception>
    public void Write(RequestContext context, UpstreamAttempt attempt, bool chunked)
    {
        var request = context.Http.Request;
        ref readonly var forwarded = ref context.Forwarded;
        Append(request.Method);
        Append(" "u8);
        Append(attempt.PathAndQuery);
        Append(" HTTP/1.1\r\n"u8);
        Field(HeaderNames.Host, attempt.HostHeader);
        foreach (var (name, values) in request.Headers)
        {
            if (HeaderSyntax.IsToken(name) && !IsForThisHop(name) && !forwarded.Replaces(name))
            {
                Fields(name, values);
            }
        }

        Write(forwarded);
        Field("X-Kong-Request-Id: "u8, context.RequestId);

        if (chunked)
        {
            Append("Transfer-Encoding: chunked\r\n"u8);
        }

        Append("\r\n"u8);
    }

    private void Write(in ForwardedFields forwarded)
    {
        Field("X-Forwarded-For: "u8, forwarded.For);
        Field("X-Real-IP: "u8, forwarded.RealIp);
        Field("X-Forwarded-Proto: "u8, forwarded.Proto);
        Field("X-Forwarded-Host: "u8, forwarded.Host);
        Field("X-Forwarded-Port: "u8, forwarded.Port);
        Field("X-Forwarded-Path: "u8, forwarded.Path);
        Field("X-Forwarded-Prefix: "u8, forwarded.Prefix);
    }

    private void Field(ReadOnlySpan<byte> nameAndColon, string? value)
    {
        if (value is not null)
        {
            Append(nameAndColon);
            Append(value);
            Append("\r\n"u8);
        }
    }

    /// <summary>The beginning of the body, so that it goes out with the head.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // Content-Length stays: the server has checked that the body has it.
    private static bool IsForThisHop(string name) => name.Length switch
    {
        0 => true,
        2 => Is(name, HeaderNames.TE),
        4 => Is(name, HeaderNames.Host),
        7 => Is(name, HeaderNames.Upgrade),
        10 => Is(name, HeaderNames.Connection) || Is(name, HeaderNames.KeepAlive),
        14 => Is(name, "HTTP2-Settings"),
        16 => Is(name, HeaderNames.ProxyConnection),
        17 => Is(name, HeaderNames.TransferEncoding),
        18 => Is(name, HeaderNames.ProxyAuthenticate),
        19 => Is(name, HeaderNames.ProxyAuthorization),
        _ => name[0] == ':',
    };

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private void Fields(string name, StringValues values)
    {
        // HTTP/2 cuts cookies up, HTTP/1.1 wants one field (RFC 9113, section 8.2.3).
        if (values.Count > 1 && Is(name, HeaderNames.Cookie))
        {
            Field(name, string.Join("; ", values.ToArray()));
            return;
        }

        foreach (var value in values)
        {
            Field(name, value ?? string.Empty);
        }
    }

    private void Field(string name, string value)
    {
        if (!HeaderSyntax.IsValue(value))
        {
            throw new InvalidOperationException($"the value of the header field {name} holds a line break or NUL");
        }

        Append(name);
        Append(": "u8);
        Append(value);
        Append("\r\n"u8);
    }

    // The server reads UTF-8 and refuses what is none, so this gives back the client's bytes.
    private void Append(string text) => _length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
