namespace Gateway.ControlPlane.Store.Schema;

/// <summary>Which rows of a table, in order of their ids.</summary>
/// <param name="After">Only ids after this one.</param>
/// <param name="Size">At most so many.</param>
/// <param name="Tags">Only entities that have all of these, or any of them where <paramref name="AnyTag"/>.</param>
/// <param name="References">Only entities that refer to these: column and id.</param>
internal sealed record EntityFilter(
    Guid? After,
    int Size,
    IReadOnlyList<string> Tags,
    bool AnyTag,
    IReadOnlyList<KeyValuePair<ForeignColumn, Guid>> References)
{
    /// <summary>Only entities that have one of these tags, or are nested beneath one that has; null for all.</summary>
    public IReadOnlyList<string>? Within { get; init; }
}
