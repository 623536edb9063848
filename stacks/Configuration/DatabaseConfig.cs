namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:database</c>, of the platform.</summary>
internal sealed record DatabaseConfig
{
    public required string EngineVersion { get; init; }

    public required double MinCapacity { get; init; }

    public required double MaxCapacity { get; init; }

    public required int Instances { get; init; }

    public required int BackupRetention { get; init; }
}
