namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:cache</c>, of the platform.</summary>
internal sealed record CacheConfig
{
    /// <summary>The nodes' instance type.</summary>
    public required string NodeType { get; init; }

    /// <summary>Shards, each with its part of the keys.</summary>
    public required int Shards { get; init; }

    /// <summary>Replicas of each shard, in other zones.</summary>
    public required int ReplicasPerShard { get; init; }

    /// <summary>Days that snapshots are kept.</summary>
    public required int SnapshotRetention { get; init; }
}
