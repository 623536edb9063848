using System.Collections.Immutable;
using static Hybrid.Infra.Changes.ChangeTable;

namespace Hybrid.Infra.Changes;

/// <summary>Logs, alarms and who hears of them.</summary>
internal static class MonitoringChanges
{
    public static ImmutableArray<ResourceRules> All { get; } =
    [
        Aws("cloudwatch/logGroup:LogGroup", "logs/group", "logGroupClass", "name", "namePrefix") with { Loses = "its log records, before their retention ends" },
        Aws("cloudwatch/logResourcePolicy:LogResourcePolicy", "logs/resource_policy", "policyName"),
        Aws("cloudwatch/metricAlarm:MetricAlarm", "cloudwatch/metric_alarm", "name"),
        Aws("cloudwatch/dashboard:Dashboard", "cloudwatch/dashboard", "dashboardName"),
        Aws("sns/topic:Topic", "sns/topic", "fifoTopic", "name", "namePrefix"),
        Aws("sns/topicSubscription:TopicSubscription", "sns/topic_subscription", "endpoint", "protocol", "subscriptionRoleArn", "topic"),
    ];
}
