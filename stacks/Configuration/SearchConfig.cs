namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:search</c>, of the platform.</summary>
internal sealed record SearchConfig
{
    public required string InstanceType { get; init; }

    public required int Instances { get; init; }

    public required int Zones { get; init; }

    public string? ManagerType { get; init; }

    public required int VolumeSize { get; init; }

    public bool CreateServiceLinkedRole { get; init; }
}
