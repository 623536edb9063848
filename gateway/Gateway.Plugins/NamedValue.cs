using Gateway.Model.Templates;

namespace Gateway.Plugins;

/// <summary>A <c>name:value</c> pair of a transformer's config, whose value is a template.</summary>
/// <param name="Value">Null where nothing stands behind the colon.</param>
internal sealed record NamedValue(string Name, Template? Value)
{
    /// <param name="pairs">Valid: the schema has checked them.</param>
    public static NamedValue[] ParseAll(IEnumerable<string> pairs) => [.. pairs.Select(Parse)];

    // Several colons count as one, as in Kong.
    private static NamedValue Parse(string pair)
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? pair : pair[..colon];
        var text = colon < 0 ? string.Empty : pair[colon..].TrimStart(':');
        return text.Length == 0 ? new NamedValue(name, null)
            : Template.TryParse(text, out var template, out var problem) ? new NamedValue(name, template)
            : throw new ArgumentException(problem, nameof(pair));
    }
}
