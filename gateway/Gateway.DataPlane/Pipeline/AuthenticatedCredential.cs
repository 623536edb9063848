namespace Gateway.DataPlane.Pipeline;

/// <summary>What a request proved to be its caller's.</summary>
/// <param name="Id">Of the credential's entity, or what the issuer says it is.</param>
public sealed record AuthenticatedCredential(string Id)
{
    /// <summary>What upstreams are told in <c>X-Credential-Identifier</c>: the id, a user name or a key that is no secret. Null for nothing.</summary>
    public string? Identifier { get; init; } = Id;
}
