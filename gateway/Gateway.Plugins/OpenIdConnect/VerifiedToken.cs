using System.Text.Json;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>A token whose signature and issuer are right.</summary>
/// <param name="Keys">What it was verified with: with newer keys it is verified again.</param>
internal sealed record VerifiedToken(JsonElement Payload, DateTimeOffset? NotBefore, DateTimeOffset Expires, IssuerMetadata Keys)
{
    public Claims Claims { get; } = new(Payload);
}
