using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Asks the issuer what tokens are worth (RFC 7662), and believes it until they expire, or for the config's time.</summary>
internal sealed class Introspection(OpenIdConnectConfig config, TokenEndpoint endpoint, TimeProvider time)
{
    private readonly SharedAnswers<IntrospectedToken> _known = new(time);

    /// <summary>Null where it is not active, or another issuer's.</summary>
    public Task<IntrospectedToken?> AskAsync(IssuerMetadata metadata, string token) =>
        _known.GetAsync(Fingerprint.Of(token), () => IntrospectAsync(metadata, token), static known => known.GoodUntil);

    private async Task<IntrospectedToken?> IntrospectAsync(IssuerMetadata metadata, string token)
    {
        if (await endpoint.IntrospectAsync(metadata, token) is not { } json)
        {
            return null;
        }

        var claims = new Claims(json);
        var now = time.GetUtcNow();
        var expires = json.TryGetProperty("exp", out var exp) && exp.ValueKind is JsonValueKind.Number && exp.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MaxValue;
        if (expires <= now || (claims.Text(["iss"]) is { } issuer && !metadata.Issuers.Contains(issuer, StringComparer.Ordinal)))
        {
            return null;
        }

        var kept = config.CacheIntrospection ? now.AddSeconds(config.CacheTtl) : now;
        return new IntrospectedToken(claims, kept < expires ? kept : expires);
    }
}
