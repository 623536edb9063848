namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>A header field of a response, with the bytes that it was read from: an upstream says mostly the same each time, and then nothing is read or allocated again.</summary>
internal sealed class HeaderField
{
    private const int RememberedLength = 512;

    private byte[] _line = [];

    public string Name { get; private set; } = string.Empty;

    public string Value { get; private set; } = string.Empty;

    public HeaderRole Role { get; private set; }

    /// <summary>False where the line is no header field in the strict sense of RFC 9112, section 5.</summary>
    public bool Read(ReadOnlySpan<byte> line)
    {
        if (_line.AsSpan().SequenceEqual(line))
        {
            return _line.Length > 0;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || !HeaderSyntax.IsToken(line[..colon]))
        {
            return false;
        }

        var value = HeaderSyntax.Trim(line[(colon + 1)..]);
        if (!HeaderSyntax.IsValue(value))
        {
            return false;
        }

        if (!_line.AsSpan().StartsWith(line[..(colon + 1)]))
        {
            Name = HeaderSyntax.Text(line[..colon]);
            Role = RoleOf(Name);
        }

        Value = HeaderSyntax.Text(value);
        _line = line.Length <= RememberedLength ? line.ToArray() : [];
        return true;
    }

    private static HeaderRole RoleOf(string name) => name.Length switch
    {
        2 when Is(name, "TE") => HeaderRole.Hop,
        7 when Is(name, "Upgrade") || Is(name, "Trailer") => HeaderRole.Hop,
        10 when Is(name, "Connection") => HeaderRole.Connection,
        10 when Is(name, "Keep-Alive") => HeaderRole.Hop,
        14 when Is(name, "Content-Length") => HeaderRole.ContentLength,
        16 when Is(name, "Proxy-Connection") => HeaderRole.Hop,
        17 when Is(name, "Transfer-Encoding") => HeaderRole.TransferEncoding,
        18 when Is(name, "Proxy-Authenticate") => HeaderRole.Hop,
        25 when Is(name, "Proxy-Authentication-Info") => HeaderRole.Hop,
        _ => HeaderRole.EndToEnd,
    };

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
