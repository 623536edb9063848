using Gateway.Model.Plugins.OpenIdConnect;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>What decides how an issuer's document and keys are got: plugins with the same share them.</summary>
internal sealed record IssuerSettings(string Issuer, string ExtraKeys, string Allowed, TimeSpan Lifetime, TimeSpan Pause, TimeSpan Timeout)
{
    private const char Separator = '\n';

    public IEnumerable<string> ExtraKeyAddresses => ExtraKeys.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> AllowedIssuers => Allowed.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    public static IssuerSettings Of(OpenIdConnectConfig config) => new(
        config.Issuer,
        string.Join(Separator, config.ExtraJwksUris ?? []),
        string.Join(Separator, config.IssuersAllowed ?? []),
        TimeSpan.FromSeconds(config.CacheTtl),
        TimeSpan.FromSeconds(config.RediscoveryLifetime),
        TimeSpan.FromMilliseconds(config.Timeout));
}
