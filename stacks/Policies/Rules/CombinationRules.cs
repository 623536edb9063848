using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Combinations of engines, versions, classes and numbers that the services offer: what they would refuse after minutes of waiting.</summary>
internal static partial class CombinationRules
{
    /// <summary>Node types of ElastiCache for Valkey (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html).</summary>
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> CacheNodes = ImmutableDictionary.CreateRange<string, ImmutableArray<string>>(StringComparer.Ordinal,
    [
        KeyValuePair.Create<string, ImmutableArray<string>>("t3", ["micro", "small", "medium"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("t4g", ["micro", "small", "medium"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("m5", ["large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("m6g", ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("m7g", ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("r5", ["large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("r6g", ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("r7g", ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
        KeyValuePair.Create<string, ImmutableArray<string>>("c7gn", ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
    ]);

    /// <summary>The days that PutRetentionPolicy takes.</summary>
    private static readonly ImmutableArray<int> RetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "aurora-capacity",
            Title = "Serverless capacity goes in halves from 0 to 256, with at least 1 at the top",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Aurora Serverless v2 capacity", "AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["serverlessv2ScalingConfiguration"] is { IsMissing: false } scaling
                ? [.. Capacity(scaling["minCapacity"], 0), .. Capacity(scaling["maxCapacity"], Math.Max(1, scaling["minCapacity"].Number ?? 0))]
                : [],
        },
        new()
        {
            Id = "aurora-class",
            Title = "A serverless instance belongs to a cluster with a capacity, and a cluster with a capacity has serverless instances",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Requirements and limitations for Aurora Serverless v2", "AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html"),
            Types = [ResourceTypes.DatabaseInstance],
            Check = instance => instance.Neighbours(ResourceTypes.DatabaseCluster) is [var cluster]
                ? instance["instanceClass"].That(
                    instance["instanceClass"].Text is "db.serverless" == !cluster["serverlessv2ScalingConfiguration"].IsMissing,
                    cluster["serverlessv2ScalingConfiguration"].IsMissing ? "a class with a size" : "db.serverless")
                : [],
        },
        new()
        {
            Id = "aurora-versions",
            Title = "A cluster's instances and parameters are of its engine's version",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon RDS API Reference", "CreateDBClusterParameterGroup: DBParameterGroupFamily", "AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster =>
            [
                .. cluster.Neighbours(ResourceTypes.DatabaseInstance)
                    .Where(instance => !string.Equals(instance["engineVersion"].Text, cluster["engineVersion"].Text, StringComparison.Ordinal) || !string.Equals(instance["engine"].Text, cluster["engine"].Text, StringComparison.Ordinal))
                    .Select(instance => new Violation("engineVersion", $"{cluster["engineVersion"].Shown} beside {instance["engineVersion"].Shown} of {instance.Resource.Name}", "one engine and version")),
                .. cluster.Neighbours(ResourceTypes.DatabaseParameters)
                    .Where(group => !string.Equals(group["family"].Text, $"{cluster["engine"].Text}{cluster["engineVersion"].Text?.Split('.')[0]}", StringComparison.Ordinal))
                    .Select(group => new Violation("engineVersion", $"{cluster["engineVersion"].Shown} beside the family {group["family"].Shown}", "the family of the engine's major version")),
            ],
        },
        new()
        {
            Id = "cache-node-type",
            Title = "The cache's node type is one that Valkey runs on",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Supported node types", "AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["nodeType"].That(
                group["nodeType"].Text?.Split('.') is ["cache", var family, var size] && CacheNodes.TryGetValue(family, out var sizes) && sizes.Contains(size, StringComparer.Ordinal),
                $"cache.FAMILY.SIZE, of {string.Join(", ", CacheNodes.Keys.Order(StringComparer.Ordinal))}"),
        },
        new()
        {
            Id = "cache-replicas",
            Title = "A cache that fails over has a replica to fail over to, and five at most",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon ElastiCache API Reference", "CreateReplicationGroup: AutomaticFailoverEnabled, ReplicasPerNodeGroup", "AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["replicasPerNodeGroup"].IsWithin(group["automaticFailoverEnabled"].Flag is true && group["clusterMode"].Text is not "enabled" || group["multiAzEnabled"].Flag is true ? 1 : 0, 5),
        },
        new()
        {
            Id = "cache-nodes",
            Title = "A cache has 500 shards at most, and 500 nodes in all",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Quotas: nodes per cluster (cluster mode enabled)", "AmazonElastiCache/latest/dg/quota-limits.html"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["numNodeGroups"].That(
                group["numNodeGroups"].Number is >= 1 and var shards && shards * (1 + (group["replicasPerNodeGroup"].Number ?? 0)) <= 500,
                "1 to 500 nodes, replicas counted"),
        },
        new()
        {
            Id = "cache-parameters",
            Title = "A cache's parameters are of its engine, version and mode",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Valkey and Redis OSS parameters", "AmazonElastiCache/latest/dg/ParameterGroups.Engine.html"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["parameterGroupName"] is { Text: { } name } parameters && name.StartsWith("default.", StringComparison.Ordinal)
                ? parameters.That(string.Equals(name, DefaultParameters(group), StringComparison.Ordinal), DefaultParameters(group))
                : [],
        },
        new()
        {
            Id = "search-instance-type",
            Title = "The search domain's nodes and managers are of types that exist, and take gp3 volumes",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon OpenSearch Service Developer Guide", "Supported instance types", "opensearch-service/latest/developerguide/supported-instance-types.html"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain =>
            [
                .. domain["clusterConfig.instanceType"].That(domain["clusterConfig.instanceType"].Text is { } type && SearchInstances.LargestVolume.ContainsKey(type), "such as r7g.large.search"),
                .. domain["clusterConfig.dedicatedMasterEnabled"].Flag is true
                    ? domain["clusterConfig.dedicatedMasterType"].That(domain["clusterConfig.dedicatedMasterType"].Text is { } manager && SearchInstances.LargestVolume.ContainsKey(manager), "such as m7g.large.search")
                    : [],
            ],
        },
        new()
        {
            Id = "search-volume",
            Title = "A search node's volume is of a size that its type takes",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon OpenSearch Service Developer Guide", "EBS volume size quotas", "opensearch-service/latest/developerguide/limits.html#ebsresource"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => domain["clusterConfig.instanceType"].Text is { } type && SearchInstances.LargestVolume.TryGetValue(type, out var largest)
                ? domain["ebsOptions.volumeSize"].IsWithin(10, largest)
                : [],
        },
        new()
        {
            Id = "search-zones",
            Title = "A search domain over zones has a subnet in each, and nodes for each",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon OpenSearch Service Developer Guide", "Configuring a multi-AZ domain", "opensearch-service/latest/developerguide/managedomains-multiaz.html"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => domain["clusterConfig.zoneAwarenessEnabled"].Flag is true ? Zones(domain, domain["clusterConfig.zoneAwarenessConfig.availabilityZoneCount"]) : [],
        },
        new()
        {
            Id = "search-manager-count",
            Title = "Dedicated managers are three or five: an even number can't outvote itself",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon OpenSearch Service Developer Guide", "Dedicated master nodes", "opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => domain["clusterConfig.dedicatedMasterEnabled"].Flag is true
                ? domain["clusterConfig.dedicatedMasterCount"].That(domain["clusterConfig.dedicatedMasterCount"].Number is 3 or 5, "3 or 5")
                : [],
        },
        new()
        {
            Id = "search-burstable-small",
            Title = "A search domain on t3 instances has ten nodes at most",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon OpenSearch Service Developer Guide", "OpenSearch Service domain and instance quotas: T2 and T3 instance types", "opensearch-service/latest/developerguide/limits.html"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => domain["clusterConfig.instanceType"].Text?.StartsWith("t3.", StringComparison.Ordinal) is true ? domain["clusterConfig.instanceCount"].IsWithin(1, 10) : [],
        },
        new()
        {
            Id = "node-architecture",
            Title = "Nodes' images are of their instances' architecture",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon EKS API Reference", "Nodegroup: amiType", "eks/latest/APIReference/API_Nodegroup.html"),
            Types = [ResourceTypes.EksNodeGroup],
            Check = group => group["amiType"].Text is { } image
                ? group["instanceTypes"].Items.SelectMany(type => type.That(
                    IsGraviton(type.Text) == image.Contains("ARM_64", StringComparison.Ordinal),
                    image.Contains("ARM_64", StringComparison.Ordinal) ? "a Graviton type, such as m7g.large" : "an Intel or AMD type, such as m7i.large"))
                : [],
        },
        new()
        {
            Id = "node-group-size",
            Title = "A node group's sizes are in order, and 450 at most",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon EKS User Guide", "Amazon EKS service quotas: nodes per managed node group", "eks/latest/userguide/service-quotas.html"),
            Types = [ResourceTypes.EksNodeGroup],
            Check = group =>
            {
                var (least, desired, most) = (group["scalingConfig.minSize"], group["scalingConfig.desiredSize"], group["scalingConfig.maxSize"]);
                return [.. most.IsWithin(Math.Max(1, least.Number ?? 0), 450), .. desired.IsMissing ? [] : desired.IsWithin(least.Number ?? 0, most.Number ?? 450)];
            },
        },
        new()
        {
            Id = "log-retention-exists",
            Title = "Logs are kept for a time that CloudWatch knows",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("Amazon CloudWatch Logs API Reference", "PutRetentionPolicy: retentionInDays", "AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"),
            Types = [ResourceTypes.LogGroup],
            Check = group => group["retentionInDays"] is { IsMissing: false } days ? days.That(RetentionDays.Any(known => days.Number == known), string.Join(", ", RetentionDays)) : [],
        },
        new()
        {
            Id = "roles-anywhere-session",
            Title = "A site's sessions last as long as the service allows, and as the role does",
            Area = PolicyArea.Combinations,
            Source = PolicySource.Aws("IAM Roles Anywhere API Reference", "CreateProfile: durationSeconds", "rolesanywhere/latest/APIReference/API_CreateProfile.html"),
            Types = [ResourceTypes.RolesAnywhereProfile],
            Check = profile => profile["durationSeconds"] is { IsMissing: false } duration ? duration.IsWithin(900, SessionLimit(profile)) : [],
        },
    ];

    private static ImmutableArray<Violation> Capacity(Node capacity, double minimum) => capacity.That(
        capacity.Number is { } number && number >= minimum && number <= 256 && number % 0.5 == 0,
        string.Create(CultureInfo.InvariantCulture, $"{minimum} to 256, in halves"));

    private static string DefaultParameters(Subject group) =>
        $"default.{group["engine"].Text}{group["engineVersion"].Text?.Split('.')[0]}{(group["clusterMode"].Text is "enabled" ? ".cluster.on" : "")}";

    private static ImmutableArray<Violation> Zones(Subject domain, Node zones) =>
    [
        .. zones.IsWithin(2, 3),
        .. domain["vpcOptions.subnetIds"].That(domain["vpcOptions.subnetIds"].Items.Count() == zones.Number, string.Create(CultureInfo.InvariantCulture, $"{zones.Number} subnets")),
        .. domain["clusterConfig.instanceCount"].That(
            domain["clusterConfig.instanceCount"].Number is { } nodes && zones.Number is { } count && nodes >= count && nodes % count == 0,
            string.Create(CultureInfo.InvariantCulture, $"a multiple of {zones.Number}")),
    ];

    /// <summary>A Graviton type has a g behind its generation: m7g, c8gd, t4g.</summary>
    private static bool IsGraviton(string? type) => type is not null && Graviton().IsMatch(type);

    private static double SessionLimit(Subject profile) =>
        profile.Neighbours(ResourceTypes.Role).Select(role => role["maxSessionDuration"].Number).OfType<double>().Append(43_200).Min();

    [GeneratedRegex(@"^([a-z]+[0-9]+g[a-z]*|a1)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Graviton();
}
