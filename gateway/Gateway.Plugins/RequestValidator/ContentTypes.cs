using Microsoft.Net.Http.Headers;

namespace Gateway.Plugins.RequestValidator;

/// <summary>Which content types a request may have.</summary>
internal sealed class ContentTypes(IEnumerable<string> allowed, bool comparesParameters)
{
    private readonly MediaTypeHeaderValue[] _allowed = [.. allowed.Select(static type => MediaTypeHeaderValue.Parse(type))];

    public bool Includes(MediaTypeHeaderValue type) => Array.Exists(_allowed, allowed =>
        (allowed.Type.Value is "*" || allowed.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase))
        && (allowed.SubType.Value is "*" || allowed.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase))
        && (!comparesParameters || HaveSameParameters(allowed, type)));

    /// <summary>JSON itself, and what is built on it (<c>+json</c>).</summary>
    public static bool IsJson(MediaTypeHeaderValue type) =>
        type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static bool HaveSameParameters(MediaTypeHeaderValue left, MediaTypeHeaderValue right) =>
        left.Parameters.Count == right.Parameters.Count
        && left.Parameters.All(wanted => right.Parameters.Any(given =>
            wanted.Name.Equals(given.Name, StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(wanted.Value).Equals(
                HeaderUtilities.RemoveQuotes(given.Value),
                wanted.Name.Equals("charset", StringComparison.OrdinalIgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)));
}
