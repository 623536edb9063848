namespace Gateway.Model.Plugins.KeyAuth;

/// <summary>Kong's <c>key-auth</c>: who presents a known API key is its consumer.</summary>
public sealed record KeyAuthConfig
{
    /// <summary>Names of the header, query parameter or form field that may hold the key.</summary>
    public IReadOnlyList<string> KeyNames { get; init; } = ["apikey"];

    /// <summary>Whether the key is taken out of the request before it goes upstream.</summary>
    public bool HideCredentials { get; init; }

    /// <summary>Id or username of the consumer that requests without a valid key are; null to refuse them.</summary>
    public string? Anonymous { get; init; }
    public bool KeyInHeader { get; init; } = true;
    public bool KeyInQuery { get; init; } = true;
    public bool KeyInBody { get; init; }

    /// <summary>Whether OPTIONS requests need a key as well.</summary>
    public bool RunOnPreflight { get; init; } = true;

    /// <summary>The realm that WWW-Authenticate names; null for none.</summary>
    public string? Realm { get; init; }
}
