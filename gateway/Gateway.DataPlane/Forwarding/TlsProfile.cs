namespace Gateway.DataPlane.Forwarding;

/// <summary>What decides whether two services may share TLS connections.</summary>
/// <param name="Verify">Whether the upstream's certificate must be valid; null for the data plane's default.</param>
public sealed record TlsProfile(bool? Verify);
