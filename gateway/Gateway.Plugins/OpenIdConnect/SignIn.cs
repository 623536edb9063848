using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>The authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE by S256 (RFC 7636) always, and a state and nonce that are good for one browser and one use.</summary>
internal sealed class SignIn(OpenIdConnectConfig config, TokenEndpoint endpoint, TokenVerifier verifier, TimeProvider time)
{
    private const int UsedStates = 10_000;

    private static readonly string[] FlowParameters = ["code", "state", "session_state", "iss", "error", "error_description", "error_uri"];

    private readonly CookieSealer<PendingSignIn> _sealer = new(config, "authorization " + config.AuthorizationCookieName);
    private readonly BoundedCache<string, bool> _used = new(UsedStates);

    /// <summary>Sends the browser to the provider.</summary>
    public GatewayResponse Begin(RequestContext context, IssuerMetadata metadata)
    {
        var http = context.Http;
        var target = TargetOf(context);
        var pending = new PendingSignIn(Random(), Random(), Random(), RedirectUri(context), target, time.GetUtcNow());
        var query = new List<KeyValuePair<string, string?>>
        {
            new("response_type", "code"),
            new("client_id", endpoint.ClientId),
            new("redirect_uri", pending.RedirectUri),
            new("scope", string.Join(' ', config.Scopes)),
            new("state", pending.State),
            new("nonce", pending.Nonce),
            new("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier)))),
            new("code_challenge_method", "S256"),
        };
        query.AddRange((config.Audience ?? []).Select(static audience => new KeyValuePair<string, string?>("audience", audience)));
        query.AddRange((config.AuthorizationQueryArgsNames ?? []).Zip(config.AuthorizationQueryArgsValues ?? [], static (name, value) => new KeyValuePair<string, string?>(name, value)));
        var address = config.AuthorizationEndpoint ?? metadata.Endpoint("authorization_endpoint")?.AbsoluteUri
            ?? throw new ProviderException($"{metadata.Issuer} has no authorization_endpoint");
        return Redirects.To(QueryHelpers.AddQueryString(address, query), [Cookie(context, pending.State, _sealer.Seal(pending), (int)config.AuthorizationRollingTimeout)]);
    }

    /// <summary>Whether the provider sent the browser here.</summary>
    public bool IsReturn(RequestContext context)
    {
        var query = context.Http.Request.Query;
        return query.ContainsKey("state") && (query.ContainsKey("code") || query.ContainsKey("error")) && HttpMethods.IsGet(context.Http.Request.Method)
            && (config.RedirectUri is [var uri]
                ? new Uri(uri).AbsolutePath == PathOf(context)
                : context.Http.Request.Cookies.ContainsKey(CookieName(query["state"].ToString())));
    }

    /// <summary>Ends a sign-in: the tokens, or what was wrong.</summary>
    public async Task<(TokenSet? Tokens, PendingSignIn? Pending, string? Problem)> FinishAsync(RequestContext context, IssuerMetadata metadata)
    {
        var request = context.Http.Request;
        string? state = request.Query["state"];
        var cookie = request.Cookies[CookieName(state ?? string.Empty)];
        if (cookie is null || _sealer.Open(cookie) is not { } pending || !Same(pending.State, state) || time.GetUtcNow() - pending.Begun > TimeSpan.FromSeconds(config.AuthorizationRollingTimeout))
        {
            return (null, null, "this browser has begun no such sign-in, or too long ago");
        }

        if (_used.TryGet(pending.State, out _))
        {
            return (null, null, "it has come to its end before");
        }

        _used.Set(pending.State, true);
        if (request.Query["error"] is [{ Length: > 0 } error, ..])
        {
            return (null, pending, $"the provider says {Printable(error)}");
        }

        // RFC 9207: a code of another issuer is not for this one.
        if (request.Query["iss"] is [{ Length: > 0 } named, ..] && !string.Equals(named, metadata.Issuer, StringComparison.Ordinal))
        {
            return (null, pending, "it is another issuer's");
        }

        if (await endpoint.CodeAsync(metadata, request.Query["code"].ToString(), pending.RedirectUri, pending.Verifier) is not { } tokens)
        {
            return (null, pending, "the provider does not take the code");
        }

        return await ProblemOfAsync(tokens, pending, metadata) is { } problem ? (null, pending, problem) : (tokens, pending, null);
    }

    /// <summary>The Set-Cookie field that ends a pending sign-in.</summary>
    public string Forget(RequestContext context, string state) => Cookie(context, state, string.Empty, 0);

    /// <summary>Whether a cookie is one of these, which no upstream sees.</summary>
    public bool IsOurs(string name) => name.StartsWith(config.AuthorizationCookieName + "_", StringComparison.Ordinal);

    /// <summary>Makes the request what was asked for before the sign-in.</summary>
    public void Resume(HttpRequest request, PendingSignIn pending)
    {
        var query = pending.Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? pending.Target[mark..] : string.Empty;
        var rest = request.Query.Where(static parameter => !FlowParameters.Contains(parameter.Key, StringComparer.Ordinal));
        request.QueryString = config.PreserveQueryArgs ? new QueryString(query) : QueryString.Create(rest);
    }

    // OpenID Connect Core 1.0, section 3.1.3.7.
    private async Task<string?> ProblemOfAsync(TokenSet tokens, PendingSignIn pending, IssuerMetadata metadata)
    {
        if (tokens.IdToken is null)
        {
            return config.Scopes.Contains("openid", StringComparer.Ordinal) ? "the provider gave no ID token" : null;
        }

        var (token, problem) = await verifier.VerifyAsync(tokens.IdToken, metadata);
        if (token is null)
        {
            return $"of the ID token, {problem}";
        }

        return !token.Claims.Texts(["aud"]).Contains(endpoint.ClientId, StringComparer.Ordinal) ? "the ID token is for another client"
            : token.Claims.Text(["azp"]) is { } party && party != endpoint.ClientId ? "the ID token is another client's"
            : !Same(pending.Nonce, token.Claims.Text(["nonce"])) ? "the ID token is of another sign-in"
            : null;
    }

    private string RedirectUri(RequestContext context) =>
        config.RedirectUri is [var configured] ? configured : $"{context.Scheme}://{context.Http.Request.Host.Value}{PathOf(context)}";

    // What begins with two slashes would be another host's.
    private string TargetOf(RequestContext context) =>
        PathOf(context) + (config.PreserveQueryArgs ? context.Http.Request.QueryString.Value : string.Empty);

    private static string PathOf(RequestContext context) => "/" + context.Http.Request.Path.ToUriComponent().TrimStart('/', '\\');

    private string Cookie(RequestContext context, string state, string value, int maxAge) =>
        SetCookie.Field(CookieName(state), value, "/", domain: null, "Lax", context.Scheme == "https", maxAge);

    // Of its own for each sign-in, so that two tabs do not end each other's.
    private string CookieName(string state) =>
        $"{config.AuthorizationCookieName}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 8))}";

    private static bool Same(string one, string? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string Printable(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Take(40)]);

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
