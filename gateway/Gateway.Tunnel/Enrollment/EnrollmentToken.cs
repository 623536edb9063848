using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Enrollment;

/// <summary>
/// What an administrator hands to a data plane's operator: a secret that is good once, where to present it, and by which authorities the receiver can be known.
/// So nothing is trusted on first use.
/// </summary>
/// <param name="Id">Names it in lists and logs.</param>
/// <param name="Secret">32 random bytes.</param>
/// <param name="Endpoints">HOST:PORT of the enrolment listeners.</param>
/// <param name="Authorities">The <see cref="AuthorityFingerprint"/>s of the control plane's authorities.</param>
public sealed partial record EnrollmentToken(Guid Id, byte[] Secret, string Site, IReadOnlyList<string> Endpoints, IReadOnlyList<string> Authorities)
{
    /// <summary>Tells scanners for leaked secrets what it is.</summary>
    public const string Prefix = "gwenroll1_";

    private const int SecretSize = 32;
    private const int MaximumLength = 16 * 1024;

    /// <summary>The one line that is handed over. A secret.</summary>
    public string Encode()
    {
        var content = new Content(Id, Secret, Site, [.. Endpoints], [.. Authorities]);
        return Prefix + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content, TokenJson.Default.Content));
    }

    /// <summary>Null where it is none: cut off, or of another version.</summary>
    public static EnrollmentToken? TryParse(string text)
    {
        if (text.Length > MaximumLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length)), TokenJson.Default.Content) is { } content
                && content.Secret.Length == SecretSize && SiteName.IsValid(content.Site) && content.Endpoints.Length > 0 && content.Authorities.Length > 0
                ? new EnrollmentToken(content.Id, content.Secret, content.Site, content.Endpoints, content.Authorities)
                : null;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }

    // The generated one would print the secret.
    public override string ToString() => $"enrolment token {Id} for the site {Site}";

    internal sealed record Content(
        [property: JsonPropertyName("id")] Guid Id,
        [property: JsonPropertyName("secret")] byte[] Secret,
        [property: JsonPropertyName("site")] string Site,
        [property: JsonPropertyName("endpoints")] string[] Endpoints,
        [property: JsonPropertyName("authorities")] string[] Authorities);

    [JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Content))]
    internal sealed partial class TokenJson : JsonSerializerContext;
}
