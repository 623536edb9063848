namespace Gateway.DataPlane.Pipeline;

/// <summary>What a request proved to be its caller's.</summary>
/// <param name="Id">Of the credential's entity, or what the issuer says it is.</param>
public sealed record AuthenticatedCredential(string Id);
