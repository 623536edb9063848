namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:database</c>, of the platform.</summary>
internal sealed record DatabaseConfig
{
    /// <summary>The version of Aurora PostgreSQL.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Aurora capacity units at least, in steps of 0.5.</summary>
    public required double MinCapacity { get; init; }

    /// <summary>Aurora capacity units at most, in steps of 0.5.</summary>
    public required double MaxCapacity { get; init; }

    /// <summary>Instances: one writer, the others readers in other zones that take over.</summary>
    public required int Instances { get; init; }

    /// <summary>Days that point-in-time recovery reaches back, 1 to 35.</summary>
    public required int BackupRetention { get; init; }
}
