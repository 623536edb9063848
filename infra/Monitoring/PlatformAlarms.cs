using System.Collections.Immutable;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Sns;

namespace Hybrid.Infra.Monitoring;

/// <summary>Alarms on what the planes depend on, to one encrypted topic, and a dashboard of the same metrics.</summary>
public sealed class PlatformAlarms : AreaComponent
{
    /// <summary>OpenSearch counts free storage in MiB.</summary>
    private const double Gibibyte = 1024;

    private const int Period = 300;

    private readonly PlatformAlarmsArgs _args;

    public PlatformAlarms(string name, PlatformAlarmsArgs args, ComponentResourceOptions options)
        : base("monitoring:PlatformAlarms", name, options)
    {
        _args = args;
        args.Validate();
        var topic = new Topic(ChildName("topic"), new TopicArgs
        {
            DisplayName = "Hybrid gateway alarms",
            KmsMasterKeyId = args.KeyArn,
            SignatureVersion = 2,
        }, Child());

        foreach (var (index, subscription) in args.Subscriptions.Index())
        {
            _ = new TopicSubscription(ChildName($"subscription-{index + 1}"), new TopicSubscriptionArgs
            {
                Topic = topic.Arn,
                Protocol = subscription.Protocol is AlarmProtocol.Email ? "email" : "https",
                Endpoint = subscription.Endpoint,
            }, Child());
        }

        ImmutableArray<AlarmRule> rules = [.. Database(), .. Cache(), .. Search()];
        foreach (var rule in rules)
        {
            _ = new MetricAlarm(ChildName(rule.Name), new MetricAlarmArgs
            {
                AlarmDescription = rule.Description,
                Namespace = rule.Namespace,
                MetricName = rule.Metric,
                Dimensions = Map(rule.Dimensions),
                Statistic = rule.Statistic,
                ComparisonOperator = rule.Below ? "LessThanThreshold" : "GreaterThanThreshold",
                Threshold = rule.Threshold,
                Period = Period,
                EvaluationPeriods = rule.Periods,
                DatapointsToAlarm = rule.Periods,
                TreatMissingData = "missing",
                AlarmActions = { topic.Arn },
                OkActions = { topic.Arn },
            }, Child());
        }

        _ = new Dashboard(ChildName("dashboard"), new DashboardArgs { DashboardName = name, DashboardBody = Body(rules) }, Child());
        TopicArn = topic.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["topicArn"] = TopicArn });
    }

    public Output<string> TopicArn { get; }

    private static InputMap<string> Map(ImmutableDictionary<string, Input<string>> dimensions)
    {
        var map = new InputMap<string>();
        foreach (var (key, value) in dimensions)
        {
            map.Add(key, value);
        }

        return map;
    }

    private static ImmutableDictionary<string, Input<string>> Dimensions(params IEnumerable<(string Name, Input<string> Value)> dimensions) =>
        dimensions.ToImmutableDictionary(dimension => dimension.Name, dimension => dimension.Value, StringComparer.Ordinal);

    private IEnumerable<AlarmRule> Database()
    {
        var dimensions = Dimensions(("DBClusterIdentifier", _args.DatabaseClusterIdentifier));
        AlarmRule Rule(string name, string metric, double threshold, string description) => new()
        {
            Name = name,
            Description = description,
            Namespace = "AWS/RDS",
            Metric = metric,
            Dimensions = dimensions,
            Threshold = threshold,
        };
        yield return Rule("database-capacity", "ACUUtilization", 90, "The database is at its largest size: raise hybrid:database.maxCapacity, or look for expensive queries");
        yield return Rule("database-cpu", "CPUUtilization", 85, "The database computes a lot: look at Performance Insights");
        yield return Rule("database-lag", "AuroraReplicaLagMaximum", 1000, "A reader is more than a second behind: a fail-over would wait for it");
    }

    private IEnumerable<AlarmRule> Cache()
    {
        // In cluster mode ElastiCache names its nodes GROUP-SHARD-NODE.
        foreach (var node in Enumerable.Range(1, _args.CacheShards).SelectMany(shard => Enumerable.Range(1, _args.CacheNodesPerShard).Select(number => $"{shard:0000}-{number:000}")))
        {
            var dimensions = Dimensions(("CacheClusterId", $"{_args.CacheGroupId}-{node}"));
            yield return new()
            {
                Name = $"cache-{node}-cpu",
                Description = "A cache node's engine is busy: add shards, or shorten what is cached",
                Namespace = "AWS/ElastiCache",
                Metric = "EngineCPUUtilization",
                Dimensions = dimensions,
                Threshold = 80,
            };
            yield return new()
            {
                Name = $"cache-{node}-memory",
                Description = "A cache node's memory fills: cached responses will be dropped early",
                Namespace = "AWS/ElastiCache",
                Metric = "DatabaseMemoryUsagePercentage",
                Dimensions = dimensions,
                Threshold = 85,
            };
        }
    }

    private IEnumerable<AlarmRule> Search()
    {
        var dimensions = Dimensions(("DomainName", _args.SearchDomainName), ("ClientId", _args.AccountId));
        AlarmRule Rule(string name, string metric, double threshold, string description, bool below = false, string statistic = "Maximum") => new()
        {
            Name = name,
            Description = description,
            Namespace = "AWS/ES",
            Metric = metric,
            Dimensions = dimensions,
            Statistic = statistic,
            Below = below,
            Threshold = threshold,
            Periods = 1,
        };
        yield return Rule("search-red", "ClusterStatus.red", 0, "An index lacks a primary shard: request logs may be lost");
        yield return Rule("search-blocked", "ClusterIndexWritesBlocked", 0, "The search domain takes no writes: data planes keep request logs on their disks, up to a bound");
        yield return Rule("search-storage", "FreeStorageSpace", _args.SearchVolumeSize * Gibibyte / 10, "A tenth of a search node's storage is left: raise hybrid:search.volumeSize, or keep less", below: true, statistic: "Minimum");
        yield return Rule("search-memory", "JVMMemoryPressure", 92, "A search node is short of memory: use a larger instance type");
    }

    private Output<string> Body(ImmutableArray<AlarmRule> rules) => DashboardBody.Write(_args.Region, Period, rules);
}
