using System.Buffers.Text;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Verifies an issuer's tokens: asymmetric signatures alone, so that no public key is ever taken for a secret, and <c>none</c> never. What was verified is remembered by its fingerprint.</summary>
internal sealed class TokenVerifier(Issuer issuer, TimeSpan leeway, TimeProvider time)
{
    private const int RememberedTokens = 10_000;

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Handler = new();

    private readonly BoundedCache<Fingerprint, VerifiedToken> _verified = new(RememberedTokens);

    public static bool IsJwt(string token) => token.AsSpan().Count('.') == 2;

    /// <summary>The claims of a token that its issuer gave us itself, or that we sealed: not verified. Undefined where it is no JWT.</summary>
    public static JsonElement Payload(string? token)
    {
        if (token is null || !IsJwt(token))
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            // Three parts do not make a JWT: to its issuer it may mean something.
            return default;
        }
    }

    /// <returns>What is wrong with it, in place of the token.</returns>
    public async ValueTask<(VerifiedToken? Token, string? Problem)> VerifyAsync(string token, IssuerMetadata metadata)
    {
        var fingerprint = Fingerprint.Of(token);
        if (!_verified.TryGet(fingerprint, out var verified) || !ReferenceEquals(verified.Keys, metadata))
        {
            (verified, var problem) = await CheckAsync(token, metadata);
            if (verified is null)
            {
                return (null, problem);
            }

            _verified.Set(fingerprint, verified);
        }

        var now = time.GetUtcNow();
        return now - leeway >= verified.Expires ? (null, "it has expired")
            : now + leeway < verified.NotBefore ? (null, "it is not valid yet")
            : (verified, null);
    }

    private async ValueTask<(VerifiedToken? Token, string? Problem)> CheckAsync(string token, IssuerMetadata metadata)
    {
        var result = await ValidateAsync(token, metadata);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.RediscoverAsync(metadata) is { } newer && !ReferenceEquals(newer, metadata))
        {
            metadata = newer;
            result = await ValidateAsync(token, metadata);
        }

        if (!result.IsValid)
        {
            return (null, ProblemOf(result.Exception));
        }

        // The times are asked at each use: the library's check would be of the first one.
        var jwt = (JsonWebToken)result.SecurityToken;
        var payload = Payload(token);
        if (payload.ValueKind is not JsonValueKind.Object || jwt.ValidTo == DateTime.MinValue)
        {
            return (null, "it does not say when it expires");
        }

        return (new VerifiedToken(payload, jwt.ValidFrom == DateTime.MinValue ? null : Utc(jwt.ValidFrom), Utc(jwt.ValidTo), metadata), null);
    }

    private static Task<TokenValidationResult> ValidateAsync(string token, IssuerMetadata metadata) => Handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidAlgorithms = Algorithms,
        ValidIssuers = metadata.Issuers,
        IssuerSigningKeys = metadata.Keys,
        ValidateAudience = false,
        ValidateLifetime = false,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
    });

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    // The library's own messages quote the token's contents.
    private static string ProblemOf(Exception? problem) => problem switch
    {
        SecurityTokenSignatureKeyNotFoundException => "no key of the issuer fits its signature",
        SecurityTokenInvalidAlgorithmException => "its algorithm is not allowed",
        SecurityTokenInvalidIssuerException => "it is another issuer's",
        SecurityTokenInvalidSignatureException => "its signature is not valid",
        SecurityTokenMalformedException or ArgumentException => "it is no JWT",
        _ => problem?.GetType().Name ?? "it is not valid",
    };
}
