using System.Text.Json;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>What a token endpoint gave (RFC 6749, section 5.1).</summary>
/// <param name="ExpiresAt">Of the access token; a lifetime that is not said counts as five minutes.</param>
internal sealed record TokenSet(string AccessToken, string? IdToken, string? RefreshToken, DateTimeOffset ExpiresAt)
{
    private static readonly TimeSpan UnsaidLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Neither is verified: they came from their issuer itself, or out of a sealed cookie.</summary>
    public Claims Claims() => new(TokenVerifier.Payload(AccessToken), TokenVerifier.Payload(IdToken));

    /// <summary>Null where the answer holds no access token.</summary>
    public static TokenSet? Of(ProviderAnswer answer, TokenSet? before, DateTimeOffset now)
    {
        if (answer.Text("access_token") is not { Length: > 0 } access)
        {
            return null;
        }

        var lifetime = answer.Json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind is JsonValueKind.Number && seconds.TryGetDouble(out var value) && value is > 0 and < int.MaxValue
            ? TimeSpan.FromSeconds(value)
            : UnsaidLifetime;
        return new TokenSet(access, answer.Text("id_token") ?? before?.IdToken, answer.Text("refresh_token") ?? before?.RefreshToken, now + lifetime);
    }
}
