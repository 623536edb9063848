namespace Gateway.ControlPlane.Access;

/// <summary>An OpenID Connect provider whose bearer tokens administrators show, such as a Cognito user pool.</summary>
public sealed record OidcOptions
{
    /// <summary>As the tokens name it. Its discovery document lies below it.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>What tokens must be for: their <c>aud</c>, or the <c>client_id</c> of Cognito's access tokens, which have no <c>aud</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>The claim with the groups, one text or several.</summary>
    public string RolesClaim { get; init; } = "cognito:groups";

    /// <summary>The claim by which revisions and the audit log name the administrator.</summary>
    public string NameClaim { get; init; } = "sub";

    /// <summary>What each group is worth; a group that is not here is worth nothing.</summary>
    public required IReadOnlyDictionary<string, Grant> Groups { get; init; }

    /// <summary>How far clocks may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);
}
