namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:search</c>, of the platform.</summary>
internal sealed record SearchConfig
{
    /// <summary>The data nodes' instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Data nodes, a multiple of the zones.</summary>
    public required int Instances { get; init; }

    /// <summary>Zones that they are spread over.</summary>
    public required int Zones { get; init; }

    /// <summary>The type of the three dedicated managers; the data nodes manage when null.</summary>
    public string? ManagerType { get; init; }

    /// <summary>GiB of each data node's volume.</summary>
    public required int VolumeSize { get; init; }

    /// <summary>Whether the account lacks the service-linked role of OpenSearch: it can exist once.</summary>
    public bool CreateServiceLinkedRole { get; init; }
}
