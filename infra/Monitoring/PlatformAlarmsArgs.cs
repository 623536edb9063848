using System.Collections.Immutable;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Monitoring;

public sealed record PlatformAlarmsArgs
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>The key that the topic is encrypted with; CloudWatch must be allowed to use it.</summary>
    public required Input<string> KeyArn { get; init; }

    public required Output<string> DatabaseClusterIdentifier { get; init; }

    public required string CacheGroupId { get; init; }

    public required int CacheShards { get; init; }

    public required int CacheNodesPerShard { get; init; }

    public required string SearchDomainName { get; init; }

    /// <summary>GiB of each search node; an alarm tells when a tenth is left.</summary>
    public required int SearchVolumeSize { get; init; }

    public ImmutableArray<AlarmSubscription> Subscriptions { get; init; } = [];

    internal void Validate()
    {
        foreach (var subscription in Subscriptions)
        {
            subscription.Validate("subscriptions");
        }

        Check.InRange(CacheShards, 1, 500, "cacheShards");
        Check.InRange(CacheNodesPerShard, 1, 6, "cacheNodesPerShard");
        Check.InRange(SearchVolumeSize, 10, 12_000, "searchVolumeSize");
    }
}
