namespace Gateway.DataPlane.Routing;

/// <summary>A host of a route, in lower case, without the asterisk; port 0 for any.</summary>
internal sealed record HostCriterion(HostKind Kind, string Text, int Port)
{
    /// <summary>Reads <c>host</c>, <c>*.host</c> or <c>host.*</c>, each with an optional port.</summary>
    public static HostCriterion Parse(string host)
    {
        var text = host.ToLowerInvariant();
        var port = 0;
        var colon = text.LastIndexOf(':');
        if (colon >= 0 && int.TryParse(text.AsSpan(colon + 1), out var number))
        {
            port = number;
            text = text[..colon];
        }

        return text switch
        {
            ['*', .. var suffix] => new HostCriterion(HostKind.Suffix, suffix, port),
            [.. var prefix, '*'] => new HostCriterion(HostKind.Prefix, prefix, port),
            _ => new HostCriterion(HostKind.Exact, text, port),
        };
    }
}
