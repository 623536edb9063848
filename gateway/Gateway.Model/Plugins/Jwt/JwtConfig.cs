namespace Gateway.Model.Plugins.Jwt;

/// <summary>Kong's <c>jwt</c>: who presents a JSON Web Token (RFC 7519) that one of its credentials signed is its consumer.</summary>
public sealed record JwtConfig
{
    /// <summary>Names of the query parameters that may hold the token.</summary>
    public IReadOnlyList<string> UriParamNames { get; init; } = ["jwt"];

    /// <summary>Names of the cookies that may hold the token.</summary>
    public IReadOnlyList<string> CookieNames { get; init; } = [];

    /// <summary>Names of the headers that may hold <c>Bearer</c> and the token.</summary>
    public IReadOnlyList<string> HeaderNames { get; init; } = ["authorization"];

    /// <summary>The claim, or else the field of the token's header, that names the credential.</summary>
    public string KeyClaimName { get; init; } = "iss";

    /// <summary>Whether credentials' secrets are Base64, in either alphabet.</summary>
    public bool SecretIsBase64 { get; init; }

    /// <summary>Of <c>exp</c> and <c>nbf</c>: those that must be there and hold. Others are not looked at.</summary>
    public IReadOnlyList<string>? ClaimsToVerify { get; init; }

    /// <summary>Seconds from now that <c>exp</c> may lie ahead at most, 0 to 31536000; 0 for no limit.</summary>
    public double MaximumExpiration { get; init; }

    /// <summary>Id or username of the consumer that requests without a valid token are; null to refuse them.</summary>
    public string? Anonymous { get; init; }

    /// <summary>Whether OPTIONS requests need a token as well.</summary>
    public bool RunOnPreflight { get; init; } = true;

    /// <summary>The realm that WWW-Authenticate names; null for none.</summary>
    public string? Realm { get; init; }
}
