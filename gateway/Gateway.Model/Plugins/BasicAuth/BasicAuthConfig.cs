namespace Gateway.Model.Plugins.BasicAuth;

/// <summary>Kong's <c>basic-auth</c>: who presents a known user name with its password (RFC 7617) is its consumer.</summary>
public sealed record BasicAuthConfig
{
    /// <summary>Id or username of the consumer that requests without a valid password are; null to refuse them.</summary>
    public string? Anonymous { get; init; }

    /// <summary>Whether user name and password are taken out of the request before it goes upstream.</summary>
    public bool HideCredentials { get; init; }

    /// <summary>The realm that WWW-Authenticate names.</summary>
    public string Realm { get; init; } = "service";
}
