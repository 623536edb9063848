namespace Gateway.Model.Entities;

/// <summary>A virtual host name that a service may point at, balanced over its targets.</summary>
public sealed record Upstream : Entity
{
    public required string Name { get; init; }

    /// <summary><c>round-robin</c> (weighted).</summary>
    public string Algorithm { get; init; } = "round-robin";

    /// <summary>10 to 65536.</summary>
    public int Slots { get; init; } = 10000;
    public string? HostHeader { get; init; }
}
