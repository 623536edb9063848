namespace Gateway.Tunnel.Identity;

/// <summary>What a leaf shall say. Any combination can be asked for: what a peer accepts is the verifier's matter.</summary>
internal sealed record LeafRequest
{
    public required string CommonName { get; init; }
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>DNS names and IP addresses.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
    public bool ClientAuthentication { get; init; }
    public bool ServerAuthentication { get; init; }
    public required DateTimeOffset NotBefore { get; init; }
    public required DateTimeOffset NotAfter { get; init; }
}
