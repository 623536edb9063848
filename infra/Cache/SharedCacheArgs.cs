using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Cache;

public sealed partial record SharedCacheArgs
{
    /// <summary>The replication group's id, at most 40 characters (ElastiCache's limit).</summary>
    public required string GroupId { get; init; }

    public required Input<string> VpcId { get; init; }

    public required InputList<string> SubnetIds { get; init; }

    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>A group beside the component's own, such as that of the sites with a VPN.</summary>
    public required Input<string> SiteSecurityGroupId { get; init; }

    public required Input<string> KeyArn { get; init; }

    public required Input<string> LogsKeyArn { get; init; }

    /// <summary>Valkey's version, such as 8.1.</summary>
    public string EngineVersion { get; init; } = "8.1";

    /// <summary>Such as cache.t4g.small.</summary>
    public required string NodeType { get; init; }

    /// <summary>1 to 500.</summary>
    public required int Shards { get; init; }

    /// <summary>0 to 5; from one on, a zone's loss is a fail-over.</summary>
    public required int ReplicasPerShard { get; init; }

    /// <summary>Days, 0 to 35.</summary>
    public required int SnapshotRetention { get; init; }

    /// <summary>Days.</summary>
    public int LogRetention { get; init; } = 365;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Slug(GroupId, 40, "groupId");
        Check.Matches(EngineVersion, VersionPattern(), "engineVersion", "7.2, 8.0, 8.1 or 8.2");
        Check.Matches(NodeType, NodePattern(), "nodeType", "such as cache.t4g.small");
        Check.InRange(Shards, 1, 500, "shards");
        Check.InRange(ReplicasPerShard, 0, 5, "replicasPerShard");
        Check.InRange(SnapshotRetention, 0, 35, "snapshotRetention");
        Check.LogRetention(LogRetention, "logRetention");
    }

    [GeneratedRegex(@"^(7\.2|8\.[0-2])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^cache\.[a-z0-9]+\.[a-z0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NodePattern();
}
