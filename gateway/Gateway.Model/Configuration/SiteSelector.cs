namespace Gateway.Model.Configuration;

/// <summary>
/// Sites by their labels: <c>label=value[&amp;label=value…]</c>, those that have all of these. As a tag, <c>sites:label=value</c> limits an entity, and what
/// belongs to it, to such sites; of several such tags any is enough. A tag, because Kong's format, its Admin API and its tools carry tags on every entity.
/// </summary>
public sealed class SiteSelector
{
    /// <summary>What a tag begins with that limits its entity.</summary>
    public const string TagPrefix = "sites:";

    /// <summary>What a limiting tag may be.</summary>
    public const string AllowedTag = "sites:LABEL=VALUE, or several pairs joined by &, each label and value of 1 to 63 characters";

    private const int MaximumLength = 63;

    private readonly KeyValuePair<string, string>[] _labels;
    private readonly bool _isNobody;

    private SiteSelector(string text, KeyValuePair<string, string>[] labels, bool isNobody) => (Text, _labels, _isNobody) = (text, labels, isNobody);

    /// <summary>Equal texts select the same sites: labels are in ordinal order.</summary>
    public string Text { get; }

    /// <param name="tag">Null is returned where it is no valid limit.</param>
    public static SiteSelector? TryParse(string tag)
    {
        if (!tag.StartsWith(TagPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in tag[TagPrefix.Length..].Split('&'))
        {
            if (pair.Split('=', 2) is not [{ Length: >= 1 and <= MaximumLength } label, { Length: >= 1 and <= MaximumLength } value] || !labels.TryAdd(label, value))
            {
                return null;
            }
        }

        return new SiteSelector(string.Join('&', labels.Select(label => $"{label.Key}={label.Value}")), [.. labels], isNobody: false);
    }

    /// <summary>For a limiting tag that cannot be read: nobody gets what nobody understands.</summary>
    public static SiteSelector Nobody(string tag) => new(tag, [], isNobody: true);

    /// <summary>Whether an entity's canonical form may hold a limiting tag: quick, and never wrong where it says no.</summary>
    public static bool IsIn(ReadOnlySpan<byte> canonical) => canonical.IndexOf("\"sites:"u8) >= 0;

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (label, value) in _labels)
        {
            if (!labels.TryGetValue(label, out var actual) || actual != value)
            {
                return false;
            }
        }

        return !_isNobody;
    }
}
