using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.ControlPlane.Access;

/// <summary>
/// Checks an OpenID Connect provider's bearer tokens by the keys that it publishes: read when they are first needed, kept while it does not answer, and read again for a key that is new.
/// </summary>
internal sealed partial class OidcVerifier : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly OidcOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<OidcVerifier> _logger;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout, MaxResponseContentBufferSize = 1024 * 1024 };
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly TokenValidationParameters _parameters;

    public OidcVerifier(OidcOptions options, TimeProvider time, ILogger<OidcVerifier> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        var issuer = options.Issuer.OriginalString;
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
                SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
            ],
            AudienceValidator = (audiences, token, _) => IsForUs(audiences, token),
            LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
            ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{issuer.TrimEnd('/')}/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                // Only a provider on this machine may do without TLS: what it publishes decides who is an administrator.
                new HttpDocumentRetriever(_http) { RequireHttps = !options.Issuer.IsLoopback }),
        };
    }

    /// <summary>Three parts with dots between them.</summary>
    public static bool LooksLikeOne(string credential) => credential.Count(letter => letter is '.') is 2;

    public async Task<AuthenticationResult> VerifyAsync(string credential, CancellationToken cancellationToken)
    {
        var result = await _handler.ValidateTokenAsync(credential, _parameters).WaitAsync(cancellationToken);
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

    public void Dispose() => _http.Dispose();

    private AuthenticationResult Refuse(Exception exception)
    {
        // The handler's own words may quote the token.
        switch (exception)
        {
            case SecurityTokenExpiredException or SecurityTokenInvalidLifetimeException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException:
                return AuthenticationResult.Refused("the token has expired, or is not valid yet");
            case SecurityTokenInvalidIssuerException:
                return AuthenticationResult.Refused("the token is of another issuer");
            case SecurityTokenInvalidAudienceException:
                return AuthenticationResult.Refused("the token is for another audience");
            case SecurityTokenInvalidAlgorithmException:
                return AuthenticationResult.Refused("the token is signed by an algorithm that is not allowed");
            case SecurityTokenException or ArgumentException:
                return AuthenticationResult.Refused("the token is not one of the provider's: its form or its signature is wrong");
            default:
                LogAway(_options.Issuer, exception.GetBaseException().Message);
                return AuthenticationResult.CannotTell("the identity provider does not answer, so that its tokens can't be checked; try again");
        }
    }

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

    [LoggerMessage(EventId = 3211, Level = LogLevel.Warning, Message = "The identity provider {Issuer} does not answer: {Reason}")]
    private partial void LogAway(Uri issuer, string reason);
}
