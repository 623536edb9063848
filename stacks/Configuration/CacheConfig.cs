namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:cache</c>, of the platform.</summary>
internal sealed record CacheConfig
{
    public required string NodeType { get; init; }

    public required int Shards { get; init; }

    public required int ReplicasPerShard { get; init; }

    public required int SnapshotRetention { get; init; }
}
