using System.Collections.Immutable;
using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>An entity's own tags: sites that any of the selectors selects.</summary>
/// <param name="Text">Equal texts mean equal limits.</param>
internal sealed record SiteLimit(string Text, ImmutableArray<SiteSelector> Selectors)
{
    public static SiteLimit AnyOf(IEnumerable<SiteSelector> selectors)
    {
        ImmutableArray<SiteSelector> ordered = [.. selectors.DistinctBy(selector => selector.Text, StringComparer.Ordinal).OrderBy(selector => selector.Text, StringComparer.Ordinal)];
        return new SiteLimit(string.Join(',', ordered.Select(selector => selector.Text)), ordered);
    }
}
