using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Gateway.Model.Configuration;
using Gateway.Model.Patterns;

namespace Gateway.Model.Schemas;

/// <summary>Kong's rules for texts: each answers what is wrong, or null.</summary>
internal static partial class Texts
{
    private static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(1);

    public static string? NameProblem(string name) =>
        Name().IsMatch(name) ? null : $"invalid value '{name}': the only accepted ascii characters are alphanumerics or ., -, _, and ~";

    public static string? TagProblem(string tag) =>
        tag.Any(letter => letter is ',' or '/' || char.IsControl(letter)) ? $"invalid tag '{tag}': expected printable characters except ',' and '/'"
        : tag.StartsWith(SiteSelector.TagPrefix, StringComparison.Ordinal) && SiteSelector.TryParse(tag) is null ? $"invalid tag '{tag}': expected {SiteSelector.AllowedTag}"
        : null;

    public static string? HostProblem(string host) =>
        IPAddress.TryParse(host, out _) || (host.Length <= 253 && HostName().IsMatch(host)) ? null : $"invalid hostname: {host}";

    /// <summary>A route's host: a name or address, with one wildcard label at either end if need be, with a port if need be.</summary>
    public static string? RouteHostProblem(string host)
    {
        var (name, port) = SplitPort(host);
        if (port is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535))
        {
            return $"invalid port number: {text}";
        }

        var wildcards = name.Count(letter => letter == '*');
        if (wildcards == 0)
        {
            return HostProblem(name) is null ? null : $"invalid hostname: {host}";
        }

        var rest = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name.EndsWith(".*", StringComparison.Ordinal) ? name[..^2] : null;
        return wildcards > 1 ? "invalid wildcard: must have at most one wildcard"
            : rest is null || HostProblem(rest) is not null ? "invalid wildcard: must be placed at leftmost or rightmost label"
            : null;
    }

    /// <summary>A service's path, or a route's prefix.</summary>
    public static string? PathProblem(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "should start with: /";
        }

        if (path.Contains("//", StringComparison.Ordinal))
        {
            return "must not have empty segments";
        }

        var invalid = path.FirstOrDefault(letter => letter <= ' ' || letter is '\\' or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}' || letter == 127);
        return invalid != default ? "invalid path: '" + path + "' (characters outside of the reserved list of RFC 3986 found)"
            : BadEscape().IsMatch(path) ? "invalid url-encoded value: '" + path + "'"
            : null;
    }

    /// <summary>A route's path: a prefix, or <c>~</c> and a regular expression.</summary>
    public static string? RoutePathProblem(string path)
    {
        if (!path.StartsWith('~'))
        {
            return path.StartsWith('/') ? PathProblem(path) : "should start with: / (fixed path) or ~/ (regex path)";
        }

        return !path.StartsWith("~/", StringComparison.Ordinal) ? "should start with: / (fixed path) or ~/ (regex path)" : RegexProblem(path[1..]);
    }

    /// <summary>A server name of TLS: a host name, one with a wildcard label at either end, or <c>*</c> for all others.</summary>
    public static string? SniProblem(string name) =>
        name is "*" ? null
        : IPAddress.TryParse(name, out _) ? $"must not be an IP address: {name}"
        : SplitPort(name).Port is not null ? "must not have a port"
        : RouteHostProblem(name);

    public static string? VaultPrefixProblem(string prefix) => VaultPrefix().IsMatch(prefix) ? null : $"invalid value: {prefix} (allowed: lower-case letters, digits and '-', a letter first)";

    public static string? VariableProblem(string name) => Variable().IsMatch(name) ? null : $"invalid value: {name} (allowed: letters, digits and '_', no digit first)";

    public static string? RegexProblem(string pattern)
    {
        if (!RegexDialect.TryTranslate(pattern, out var translated, out var unsupported))
        {
            return $"invalid regex: '{pattern}' ({unsupported})";
        }

        try
        {
            _ = new Regex(translated, RegexOptions.CultureInvariant, RegexLimit);
            return null;
        }
        catch (ArgumentException problem)
        {
            return $"invalid regex: '{pattern}' ({problem.Message})";
        }
    }

    /// <summary>A target: <c>host</c> or <c>host:port</c>; 8000 where no port was given.</summary>
    public static string? TargetProblem(string target)
    {
        var (host, port) = SplitPort(target);
        return HostProblem(host) is null && (port is null || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535))
            ? null
            : "Invalid target; not a valid hostname or ip address";
    }

    public static string? RouteHeaderNameProblem(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) ? "cannot contain 'host' header, which must be specified in the 'hosts' attribute" : HeaderNameProblem(name);

    /// <summary>An upstream's name: what a service's host says to mean the upstream.</summary>
    public static string? UpstreamNameProblem(string name)
    {
        var (host, port) = SplitPort(name);
        return IPAddress.TryParse(host, out _) ? "Invalid name; no ip addresses allowed"
            : HostProblem(host) is not null ? "Invalid name; must be a valid hostname"
            : port is not null ? "Invalid name; no port allowed"
            : null;
    }

    public static string? HeaderNameProblem(string name) =>
        HeaderName().IsMatch(name) ? null
        : $"bad header name '{name}', allowed characters are A-Z, a-z, 0-9, '_', and '-'";

    public static string? AddressRangeProblem(string range) => AddressRange.TryParse(range, out _) ? null : $"invalid ip or cidr range: '{range}'";

    /// <summary>A cookie's name is a token (RFC 6265, section 4.1.1).</summary>
    public static string? CookieNameProblem(string name) => CookieName().IsMatch(name) ? null : $"invalid cookie name '{name}', allowed are the characters of a token (RFC 9110)";

    public static string? HeaderValueProblem(string value) => value.Any(char.IsControl) ? "control characters are not allowed" : null;

    public static string? MethodProblem(string method) => Method().IsMatch(method) ? null : $"invalid value: {method}";

    /// <summary>Null for no port. An IPv6 address stands in brackets where a port follows.</summary>
    public static (string Host, string? Port) SplitPort(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            return end < 0 ? (text, null) : (text[1..end], end + 1 < text.Length && text[end + 1] == ':' ? text[(end + 2)..] : null);
        }

        var colon = text.LastIndexOf(':');
        return colon < 0 || text.IndexOf(':', StringComparison.Ordinal) != colon ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    [GeneratedRegex(@"^[A-Za-z0-9\p{L}\p{M}\p{N}._~-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*\.?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostName();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BadEscape();

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderName();

    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CookieName();

    [GeneratedRegex("^[a-z][a-z0-9-]*[a-z0-9]$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VaultPrefix();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^[A-Z]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Method();
}
