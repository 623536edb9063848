using Gateway.Model.Patterns;

namespace Gateway.Plugins.Cors;

/// <summary>A regular expression of origins. Compared with the host alone where it has no colon.</summary>
internal sealed record OriginPattern(TextPattern Pattern, bool ByHost)
{
    public bool IsMatch(Origin origin) => Pattern.IsMatch(ByHost ? origin.Host : origin.Domain, otherwise: false);
}
