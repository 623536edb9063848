using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What happened can be read later, and someone is told.</summary>
internal static class LoggingRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "eks-logs",
            Title = "The cluster's control plane logs everything",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("EKS.8"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => cluster["enabledClusterLogTypes"].Holds("api", "audit", "authenticator", "controllerManager", "scheduler"),
        },
        new()
        {
            Id = "log-retention",
            Title = "Logs are kept for a year",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("CloudWatch.16"),
            Types = [ResourceTypes.LogGroup],
            Check = group => group["retentionInDays"].IsWithin(365),
        },
        new()
        {
            Id = "vpc-flow-logs",
            Title = "The VPC logs its flows, accepted and refused",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("EC2.6"),
            Types = [ResourceTypes.Vpc],
            Check = vpc => Subject.Itself(
                vpc.Neighbours(ResourceTypes.FlowLog).Any(log => log["trafficType"].Text is "ALL" or "REJECT"),
                "it has no flow log",
                "a flow log of ALL or REJECT"),
        },
        new()
        {
            Id = "rds-logs",
            Title = "The database's log goes to CloudWatch",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("RDS.37"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["enabledCloudwatchLogsExports"].Holds("postgresql"),
        },
        new()
        {
            Id = "rds-enhanced-monitoring",
            Title = "The database's machine is watched from inside",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("RDS.6"),
            Types = [ResourceTypes.DatabaseInstance],
            Check = instance => [.. instance["monitoringInterval"].IsWithin(1, 60), .. instance["monitoringRoleArn"].IsSet("a role for it")],
        },
        new()
        {
            Id = "search-audit-logs",
            Title = "The search domain logs who did what",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("Opensearch.5"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => Publishes(domain, "AUDIT_LOGS"),
        },
        new()
        {
            Id = "search-error-logs",
            Title = "The search domain logs its errors",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("Opensearch.4"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => Publishes(domain, "ES_APPLICATION_LOGS"),
        },
        new()
        {
            Id = "cache-logs",
            Title = "The cache logs its engine and what is slow",
            Area = PolicyArea.Logging,
            Severity = Severity.Warning,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Log delivery", "AmazonElastiCache/latest/dg/Log_Delivery.html"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => new[] { "slow-log", "engine-log" }.SelectMany(kind =>
                group["logDeliveryConfigurations"].IsList(logs => logs.Any(log => string.Equals(log["logType"].Text, kind, StringComparison.Ordinal)), $"{kind} among them")),
        },
        new()
        {
            Id = "vpn-logs",
            Title = "Both tunnels of a VPN log",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("EC2.171"),
            Types = [ResourceTypes.VpnConnection],
            Check = vpn => new[] { "tunnel1", "tunnel2" }.SelectMany(tunnel => vpn[$"{tunnel}LogOptions.cloudwatchLogOptions.logEnabled"].IsTrue()),
        },
        new()
        {
            Id = "alarm-tells",
            Title = "An alarm tells someone",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("CloudWatch.15"),
            Types = [ResourceTypes.Alarm],
            Check = alarm => alarm["alarmActions"].IsList(actions => actions.Count > 0, "a topic"),
        },
        new()
        {
            Id = "alarm-enabled",
            Title = "An alarm's actions are on",
            Area = PolicyArea.Logging,
            Source = PolicySource.SecurityHub("CloudWatch.17"),
            Types = [ResourceTypes.Alarm],
            Check = alarm => alarm["actionsEnabled"].That(alarm["actionsEnabled"].Flag is not false, "true, or not set"),
        },
    ];

    private static ImmutableArray<Violation> Publishes(Subject domain, string kind) => domain["logPublishingOptions"].IsList(
        logs => logs.Any(log => string.Equals(log["logType"].Text, kind, StringComparison.Ordinal) && log["enabled"].Flag is not false && !log["cloudwatchLogGroupArn"].IsMissing),
        $"{kind} among them");
}
