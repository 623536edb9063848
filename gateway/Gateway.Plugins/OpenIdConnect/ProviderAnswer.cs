using System.Text.Json;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>What an endpoint answered to a form.</summary>
/// <param name="Json">An object; undefined where the answer holds none, as some refusals and every revocation.</param>
internal sealed record ProviderAnswer(bool IsSuccess, JsonElement Json)
{
    public string? Text(string name) =>
        Json.ValueKind is JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
