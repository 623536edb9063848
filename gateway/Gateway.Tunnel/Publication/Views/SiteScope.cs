using System.Collections.Immutable;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>All limits that an entity is under, its own and those of what it belongs to: a site must pass each.</summary>
/// <param name="Text">Equal texts mean equal scopes.</param>
internal sealed record SiteScope(string Text, ImmutableArray<SiteLimit> Limits)
{
    public static readonly SiteScope Everyone = new("", []);

    public bool IsEveryone => Limits.IsEmpty;

    public static SiteScope AllOf(IEnumerable<SiteLimit> limits)
    {
        ImmutableArray<SiteLimit> ordered = [.. limits.DistinctBy(limit => limit.Text, StringComparer.Ordinal).OrderBy(limit => limit.Text, StringComparer.Ordinal)];
        return ordered.IsEmpty ? Everyone : new SiteScope(string.Join(';', ordered.Select(limit => limit.Text)), ordered);
    }
}
