using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>A provider's discovery document (OpenID Connect Discovery 1.0, section 3) and its keys, as they were at one time.</summary>
/// <param name="Issuers">What tokens' <c>iss</c> may be.</param>
/// <param name="Keys">For signatures; never symmetric ones.</param>
internal sealed record IssuerMetadata(string Issuer, IReadOnlyList<string> Issuers, IReadOnlyList<SecurityKey> Keys, JsonElement Document, DateTimeOffset FetchedAt)
{
    /// <summary>An endpoint by its name in the document; null where it has none.</summary>
    public Uri? Endpoint(string name) =>
        Document.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : null;
}
