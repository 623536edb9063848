using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Jwt;
using Gateway.Plugins.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.Jwt;

/// <summary>Kong's <c>jwt</c>. A token that was verified is remembered by its hash: what is asked of it again is its credential, and the time.</summary>
internal sealed class JwtPlugin : AuthenticationPlugin
{
    private const int RememberedTokens = 10_000;

    private readonly JwtConfig _config;
    private readonly PresentedToken _presented;
    private readonly TimeProvider _time;
    private readonly bool _verifiesExpiration;
    private readonly bool _verifiesNotBefore;
    private readonly string _challengeOfToken;
    private readonly GatewayResponse _missing;
    private readonly GatewayResponse _several;
    private readonly BoundedCache<Fingerprint, VerifiedToken> _verified = new(RememberedTokens);
    private readonly ConditionalWeakTable<JwtSecret, StrongBox<TokenKey?>> _keys = [];

    public JwtPlugin(JwtConfig config, TimeProvider time, ILogger<JwtPlugin> logger)
        : base("jwt", new PluginPhases { Access = PhaseMode.Inline }, config.Anonymous, config.RunOnPreflight, logger)
    {
        _config = config;
        _presented = new PresentedToken(config);
        _time = time;
        _verifiesExpiration = config.ClaimsToVerify?.Contains("exp", StringComparer.Ordinal) is true;
        _verifiesNotBefore = config.ClaimsToVerify?.Contains("nbf", StringComparer.Ordinal) is true;
        var challenge = Challenge("Bearer", config.Realm);
        _challengeOfToken = challenge + " error=\"invalid_token\"";
        _missing = Unauthorized("Unauthorized", challenge);
        _several = Refusal("Multiple tokens provided");
    }

    protected override ValueTask<GatewayResponse?> IdentifyAsync(RequestContext context) => new(Identify(context));

    private GatewayResponse? Identify(RequestContext context)
    {
        if (!_presented.TryFind(context.Http.Request, out var text))
        {
            return _several;
        }

        if (text is null)
        {
            return _missing;
        }

        var fingerprint = Fingerprint.Of(text);
        if (!_verified.TryGet(fingerprint, out var token) || !ReferenceEquals(context.Configuration.FindJwtSecret(token.Credential.Key), token.Credential))
        {
            if (Verify(context.Configuration, text, out token) is { } forged)
            {
                return forged;
            }

            _verified.Set(fingerprint, token!);
        }

        if (CheckTimes(token!) is { } refusal)
        {
            return refusal;
        }

        var credential = token!.Credential;
        context.Authenticate(context.Configuration.FindConsumer(credential.Consumer.Id), new AuthenticatedCredential(credential.Id.ToString()) { Identifier = credential.Key });
        return null;
    }

    // Null where the signature is one of the credential that the token names.
    private GatewayResponse? Verify(IConfigurationView configuration, string text, out VerifiedToken? verified)
    {
        verified = null;
        if (JsonWebToken.Parse(text, out var problem) is not { } token)
        {
            return Refusal($"Bad token; {problem}");
        }

        var name = _config.KeyClaimName;
        var named = token.Claims[name] ?? token.Header[name];
        if (named is null)
        {
            return Refusal($"No mandatory '{name}' in claims");
        }

        if (JsonWebToken.Text(named) is not { Length: > 0 } key)
        {
            return Refusal($"Invalid '{name}' in claims");
        }

        if (configuration.FindJwtSecret(key) is not { } credential)
        {
            return Refusal($"No credentials found for given '{name}'");
        }

        if (!string.Equals(token.Algorithm, credential.Algorithm, StringComparison.Ordinal))
        {
            return Refusal("Invalid algorithm");
        }

        if (KeyOf(credential) is not { } tokenKey)
        {
            return Refusal("Invalid key/secret");
        }

        if (!tokenKey.Verify(token.Signed, token.Signature))
        {
            return Refusal("Invalid signature");
        }

        verified = new VerifiedToken(credential, Number(token.Claims["exp"]), Number(token.Claims["nbf"]));
        return null;
    }

    private TokenKey? KeyOf(JwtSecret credential) =>
        _keys.GetValue(credential, known => new StrongBox<TokenKey?>(TokenKey.Of(known, _config.SecretIsBase64))).Value;

    private GatewayResponse? CheckTimes(VerifiedToken token)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var expiration = !_verifiesExpiration ? null
            : token.Expires is not { } expires ? "must be a number"
            : expires <= now ? "token expired"
            : null;
        var notBefore = !_verifiesNotBefore ? null
            : token.NotBefore is not { } from ? "must be a number"
            : from > now ? "token not yet valid"
            : null;
        if (expiration is null && notBefore is null)
        {
            var isTooLong = _config.MaximumExpiration > 0 && token.Expires - now > _config.MaximumExpiration;
            return isTooLong ? RefusalOf("exceeds maximum allowed expiration", null) : null;
        }

        return RefusalOf(expiration, notBefore);
    }

    private static double? Number(JsonNode? claim) => claim is JsonValue value && value.GetValueKind() is JsonValueKind.Number ? value.GetValue<double>() : null;

    private GatewayResponse Refusal(string message) => Unauthorized(message, _challengeOfToken);

    // Kong answers what is wrong with claims by their names, not as a message.
    private GatewayResponse RefusalOf(string? expiration, string? notBefore)
    {
        var problems = new JsonObject();
        if (expiration is not null)
        {
            problems["exp"] = expiration;
        }

        if (notBefore is not null)
        {
            problems["nbf"] = notBefore;
        }

        return new GatewayResponse(StatusCodes.Status401Unauthorized)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(problems),
            ContentType = "application/json; charset=utf-8",
            Headers = [new("WWW-Authenticate", _challengeOfToken)],
        };
    }
}
