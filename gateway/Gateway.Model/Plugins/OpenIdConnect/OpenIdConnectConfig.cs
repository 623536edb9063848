namespace Gateway.Model.Plugins.OpenIdConnect;

/// <summary>Kong's <c>openid-connect</c>: callers are whom an OpenID provider says they are. Times in seconds where nothing else is said.</summary>
public sealed record OpenIdConnectConfig
{
    /// <summary>The provider's issuer, or the address of its discovery document.</summary>
    public string Issuer { get; init; } = string.Empty;

    /// <summary>What tokens' <c>iss</c> may be; null for what the discovery document says.</summary>
    public IReadOnlyList<string>? IssuersAllowed { get; init; }

    /// <summary>The ways to authenticate, in the order <c>session</c>, <c>bearer</c>, <c>introspection</c>, <c>password</c>, <c>client_credentials</c>, <c>authorization_code</c>.</summary>
    public IReadOnlyList<string> AuthMethods { get; init; } = ["password", "client_credentials", "authorization_code", "bearer", "introspection", "refresh_token", "session"];

    /// <summary>The gateway as a client of the provider. One.</summary>
    public IReadOnlyList<string>? ClientId { get; init; }

    public IReadOnlyList<string>? ClientSecret { get; init; }

    /// <summary><c>client_secret_basic</c>, <c>client_secret_post</c> or <c>none</c>; null for <c>client_secret_basic</c> where there is a secret.</summary>
    public IReadOnlyList<string>? ClientAuth { get; init; }

    /// <summary>Sent along when tokens are asked for.</summary>
    public IReadOnlyList<string>? Audience { get; init; }

    /// <inheritdoc cref="Audience"/>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid"];

    public string? AuthorizationEndpoint { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? IntrospectionEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    public string? EndSessionEndpoint { get; init; }

    /// <summary>Keys beside those that the discovery document names.</summary>
    public IReadOnlyList<string>? ExtraJwksUris { get; init; }

    /// <summary>After an attempt to get the provider's document and keys, no other for so long.</summary>
    public double RediscoveryLifetime { get; init; } = 30;

    /// <summary>How long the document and keys count as fresh, and what an introspection said as true, at most.</summary>
    public double CacheTtl { get; init; } = 3600;

    public bool CacheIntrospection { get; init; } = true;

    /// <summary>Whether tokens that credentials were exchanged for are kept until they expire.</summary>
    public bool CacheTokens { get; init; } = true;

    /// <summary>Milliseconds for one answer of the provider.</summary>
    public double Timeout { get; init; } = 10_000;

    /// <summary>Seconds that clocks may differ.</summary>
    public double Leeway { get; init; }

    /// <summary>Where a bearer token is looked for: <c>header</c>, <c>query</c> and <c>body</c> (<c>access_token</c>), <c>cookie</c>.</summary>
    public IReadOnlyList<string> BearerTokenParamType { get; init; } = ["header", "query", "body"];

    public string? BearerTokenCookieName { get; init; }

    /// <summary>Whether tokens that are JWTs are introspected too, instead of verified.</summary>
    public bool IntrospectJwtTokens { get; init; }

    public string IntrospectionHint { get; init; } = "access_token";

    public IReadOnlyList<string>? AudienceRequired { get; init; }

    /// <summary>The way to the claim, as all that end so.</summary>
    public IReadOnlyList<string> AudienceClaim { get; init; } = ["aud"];

    /// <summary>Each element is enough; within an element, all that blanks separate.</summary>
    public IReadOnlyList<string>? ScopesRequired { get; init; }

    public IReadOnlyList<string> ScopesClaim { get; init; } = ["scope"];

    public IReadOnlyList<string>? GroupsRequired { get; init; }

    public IReadOnlyList<string> GroupsClaim { get; init; } = ["groups"];

    public IReadOnlyList<string>? RolesRequired { get; init; }

    public IReadOnlyList<string> RolesClaim { get; init; } = ["roles"];

    /// <summary>The claim that names a consumer; null where callers need none.</summary>
    public IReadOnlyList<string>? ConsumerClaim { get; init; }

    public IReadOnlyList<string> ConsumerBy { get; init; } = ["username", "custom_id"];

    public bool ConsumerOptional { get; init; }

    public IReadOnlyList<string> CredentialClaim { get; init; } = ["sub"];

    /// <summary>The claim with the groups that the <c>acl</c> plugin asks.</summary>
    public IReadOnlyList<string>? AuthenticatedGroupsClaim { get; init; }

    /// <summary>As many claims as there are <see cref="UpstreamHeadersNames"/>.</summary>
    public IReadOnlyList<string>? UpstreamHeadersClaims { get; init; }

    public IReadOnlyList<string>? UpstreamHeadersNames { get; init; }

    public IReadOnlyList<string>? DownstreamHeadersClaims { get; init; }

    public IReadOnlyList<string>? DownstreamHeadersNames { get; init; }

    /// <summary>The header with the access token; <c>NAME:bearer</c> for one with a scheme.</summary>
    public string? UpstreamAccessTokenHeader { get; init; } = "authorization:bearer";

    public string? UpstreamIdTokenHeader { get; init; }

    public bool HideCredentials { get; init; } = true;

    public string? Anonymous { get; init; }

    public bool RunOnPreflight { get; init; } = true;

    public string UnauthorizedErrorMessage { get; init; } = "Unauthorized";

    public string ForbiddenErrorMessage { get; init; } = "Forbidden";

    public IReadOnlyList<string>? UnauthorizedRedirectUri { get; init; }

    public IReadOnlyList<string>? ForbiddenRedirectUri { get; init; }

    /// <summary>Where the provider sends users back to; null for the address that they asked for.</summary>
    public IReadOnlyList<string>? RedirectUri { get; init; }

    public IReadOnlyList<string>? AuthorizationQueryArgsNames { get; init; }

    public IReadOnlyList<string>? AuthorizationQueryArgsValues { get; init; }

    public string AuthorizationCookieName { get; init; } = "authorization";

    /// <summary>Within which a sign-in has to come to its end.</summary>
    public double AuthorizationRollingTimeout { get; init; } = 600;

    /// <summary>Whether the query of the address that was asked for is there again after the sign-in.</summary>
    public bool PreserveQueryArgs { get; init; }

    /// <summary>After the sign-in: <c>upstream</c> goes on with the request, <c>redirect</c> sends the user on.</summary>
    public string LoginAction { get; init; } = "upstream";

    public IReadOnlyList<string>? LoginRedirectUri { get; init; }

    public string? LogoutQueryArg { get; init; }

    public string? LogoutUriSuffix { get; init; }

    public IReadOnlyList<string> LogoutMethods { get; init; } = ["POST", "DELETE"];

    public IReadOnlyList<string>? LogoutRedirectUri { get; init; }

    public bool LogoutRevoke { get; init; }

    public bool LogoutRevokeAccessToken { get; init; } = true;

    public bool LogoutRevokeRefreshToken { get; init; } = true;

    /// <summary>Whether a session's access token is renewed by its refresh token.</summary>
    public bool RefreshTokens { get; init; } = true;

    /// <summary>What session cookies are encrypted with; null for the client's secret. At least 16 characters.</summary>
    public string? SessionSecret { get; init; }

    /// <summary>Sessions of one audience are good for all plugins of that audience that have the same secret.</summary>
    public string SessionAudience { get; init; } = "default";

    public string SessionCookieName { get; init; } = "session";

    public string SessionCookiePath { get; init; } = "/";

    public string? SessionCookieDomain { get; init; }

    /// <summary><c>Strict</c>, <c>Lax</c>, <c>None</c>, or <c>Default</c> for no word about it.</summary>
    public string SessionCookieSameSite { get; init; } = "Lax";

    /// <summary>Null: where the client came by HTTPS.</summary>
    public bool? SessionCookieSecure { get; init; }

    /// <summary>Without a request, a session ends after so long. 0 for no limit.</summary>
    public double SessionIdlingTimeout { get; init; } = 900;

    /// <summary>However often it is used, a session ends after so long. 0 for no limit.</summary>
    public double SessionAbsoluteTimeout { get; init; } = 86_400;
}
