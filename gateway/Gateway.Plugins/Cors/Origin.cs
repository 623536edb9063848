namespace Gateway.Plugins.Cors;

/// <summary>An origin as it is compared: the scheme's own port is not part of it.</summary>
/// <param name="Domain">Scheme, host and port, or the text as it is where it is no origin (<c>null</c>).</param>
internal readonly record struct Origin(string Domain, string Host)
{
    public static Origin Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return new Origin(text, text);
        }

        var authority = text.AsSpan(scheme + 3);
        var end = authority.IndexOf('/');
        if (end >= 0)
        {
            authority = authority[..end];
        }

        var colon = authority.LastIndexOf(':');
        if (colon < 0 || authority.EndsWith("]"))
        {
            return new Origin(string.Concat(text.AsSpan(0, scheme + 3), authority), authority.ToString());
        }

        var port = authority[(colon + 1)..];
        var isDefault = text.AsSpan(0, scheme) is "http" ? port is "80" : port is "443" && text.AsSpan(0, scheme) is "https";
        var host = authority[..colon];
        return new Origin(string.Concat(text.AsSpan(0, scheme + 3), isDefault ? host : authority), host.ToString());
    }
}
