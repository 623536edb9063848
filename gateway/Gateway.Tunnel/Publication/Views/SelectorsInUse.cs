using System.Collections.Frozen;
using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>The distinct selectors of a configuration's limits. The same object for as long as they stay the same.</summary>
internal sealed class SelectorsInUse
{
    public static readonly SelectorsInUse None = new([]);

    private readonly FrozenDictionary<string, SiteSelector> _selectors;

    public SelectorsInUse(IEnumerable<SiteScope> scopes) =>
        _selectors = scopes.SelectMany(scope => scope.Limits).SelectMany(limit => limit.Selectors)
            .DistinctBy(selector => selector.Text, StringComparer.Ordinal).ToFrozenDictionary(selector => selector.Text, StringComparer.Ordinal);

    public SiteRights RightsOf(IReadOnlyDictionary<string, string> labels)
    {
        if (_selectors.Count == 0)
        {
            return SiteRights.None;
        }

        // A tag holds no comma.
        var selected = _selectors.Values.Where(selector => selector.Matches(labels)).Select(selector => selector.Text).Order(StringComparer.Ordinal).ToList();
        return new SiteRights(string.Join(',', selected), selected.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Whether two sets of rights, each over the selectors in use at its time, agree on every selector that was in use at both.</summary>
    public static bool Agree(SelectorsInUse one, SiteRights rights, SelectorsInUse other, SiteRights otherRights)
    {
        if (ReferenceEquals(one, other))
        {
            return rights.Key == otherRights.Key;
        }

        return one._selectors.Keys.All(text => !other._selectors.ContainsKey(text) || rights.Selected.Contains(text) == otherRights.Selected.Contains(text));
    }
}
