using System.Collections.Frozen;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>What a site's labels give it among the selectors that are in use.</summary>
/// <param name="Key">Equal keys, equal rights, as long as the same selectors are in use: sites share views by it.</param>
internal sealed record SiteRights(string Key, FrozenSet<string> Selected)
{
    public static readonly SiteRights None = new("", FrozenSet<string>.Empty);

    public bool Admit(SiteScope scope)
    {
        foreach (var limit in scope.Limits)
        {
            var passes = false;
            foreach (var selector in limit.Selectors)
            {
                passes |= Selected.Contains(selector.Text);
            }

            if (!passes)
            {
                return false;
            }
        }

        return true;
    }
}
