using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.ControlPlane.Access;

/// <summary>Checks an OpenID Connect provider's bearer tokens by the keys that it publishes, and what they are for.</summary>
internal sealed class OidcVerifier : IDisposable
{
    private readonly OidcOptions _options;
    private readonly TimeProvider _time;
    private readonly OidcKeys _keys;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly TokenValidationParameters _parameters;

    public OidcVerifier(OidcOptions options, TimeProvider time, ILogger<OidcVerifier> logger)
    {
        (_options, _time, _keys) = (options, time, new OidcKeys(options, time, logger));
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer.OriginalString,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
                SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
            ],
            AudienceValidator = (audiences, token, _) => IsForUs(audiences, token),
            LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
        };
    }

    /// <summary>Three parts with dots between them.</summary>
    public static bool LooksLikeOne(string credential) => credential.Count(letter => letter is '.') is 2;

    public async Task<AuthenticationResult> VerifyAsync(string credential, CancellationToken cancellationToken)
    {
        if (await _keys.GetAsync(cancellationToken) is not { } keys)
        {
            return AuthenticationResult.CannotTell("the identity provider does not answer, so that its tokens can't be checked; try again");
        }

        if (ReadKeyId(credential) is { } key && !keys.Any(known => known.KeyId == key) && await _keys.TryRenewAsync(cancellationToken))
        {
            keys = (await _keys.GetAsync(cancellationToken))!;
        }

        var result = await ValidateAsync(credential, keys);
        if (!result.IsValid)
        {
            return Refuse(result.Exception);
        }

        var claims = result.ClaimsIdentity;
        var name = claims.FindFirst(_options.NameClaim)?.Value;
        if (string.IsNullOrEmpty(name))
        {
            return AuthenticationResult.Refused($"the token has no claim '{_options.NameClaim}'");
        }

        return AuthenticationResult.Of(new Principal($"oidc:{name}", GrantsOf(claims), new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero)));
    }

    public void Dispose() => _keys.Dispose();

    /// <summary>Which key the token says that it was signed with; null where it can't be read or says nothing.</summary>
    private string? ReadKeyId(string credential)
    {
        try
        {
            return _handler.ReadJsonWebToken(credential).Kid;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            // The validation says what is wrong with it.
            return null;
        }
    }

    private Task<TokenValidationResult> ValidateAsync(string credential, IReadOnlyList<SecurityKey> keys)
    {
        var parameters = _parameters.Clone();
        parameters.IssuerSigningKeys = keys;
        return _handler.ValidateTokenAsync(credential, parameters);
    }

    // Not in the handler's own words: they may quote the token.
    private static AuthenticationResult Refuse(Exception exception) => AuthenticationResult.Refused(exception switch
    {
        SecurityTokenExpiredException or SecurityTokenInvalidLifetimeException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException =>
            "the token has expired, or is not valid yet",
        SecurityTokenInvalidIssuerException => "the token is of another issuer",
        SecurityTokenInvalidAudienceException => "the token is for another audience",
        SecurityTokenInvalidAlgorithmException => "the token is signed by an algorithm that is not allowed",
        _ => "the token is not one of the provider's: its form or its signature is wrong",
    });

    private ImmutableArray<Grant> GrantsOf(ClaimsIdentity claims) =>
        [.. claims.FindAll(_options.RolesClaim).Select(claim => _options.Groups.GetValueOrDefault(claim.Value)).OfType<Grant>().Distinct()];

    private bool IsForUs(IEnumerable<string> audiences, SecurityToken token) =>
        audiences.Contains(_options.Audience, StringComparer.Ordinal)
        || (token is JsonWebToken jwt && !audiences.Any()
            && jwt.TryGetPayloadValue<string>("token_use", out var use) && use is "access"
            && jwt.TryGetPayloadValue<string>("client_id", out var client) && client == _options.Audience);

    private bool IsNow(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + _options.ClockSkew && (notBefore is not { } start || now >= start - _options.ClockSkew);
    }
}
