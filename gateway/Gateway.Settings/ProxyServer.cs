namespace Gateway.Settings;

/// <summary>An HTTP proxy for outgoing connections: <c>http[s]://[USER:PASSWORD@]HOST[:PORT]</c>, user and password percent-encoded.</summary>
/// <param name="Tls">Whether the way to the proxy itself is TLS.</param>
/// <param name="User">Null where the proxy asks for none; without a colon, which ends it (RFC 7617).</param>
/// <param name="Password">A secret.</param>
public sealed record ProxyServer(string Host, int Port, bool Tls, string? User, string? Password)
{
    /// <summary>Null where the text is none.</summary>
    public static ProxyServer? TryParse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Host.Length is 0
            || url.Port is 0
            || url.PathAndQuery is not "/"
            || url.Fragment.Length > 0)
        {
            return null;
        }

        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? url.UserInfo : url.UserInfo[..colon]);
        var password = colon < 0 ? "" : Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]);
        if (user.Contains(':', StringComparison.Ordinal) || user.Any(char.IsControl) || password.Any(char.IsControl) || (url.UserInfo.Length > 0 && user.Length is 0))
        {
            return null;
        }

        return new ProxyServer(url.IdnHost, url.Port, url.Scheme == Uri.UriSchemeHttps, user.Length is 0 ? null : user, user.Length is 0 ? null : password);
    }

    // The generated one would print the password.
    public override string ToString() => $"{(Tls ? "https" : "http")}://{Host}:{Port}";
}
