namespace Hybrid.Stacks.Policies.Rules;

/// <summary>
/// Actions in use for which IAM takes no resource but *, by the tables of the Service Authorization Reference
/// (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
/// </summary>
internal static class UnnamableActions
{
    public static bool Contains(string action) =>
        action.StartsWith("ec2:Describe", StringComparison.Ordinal)
        || action.StartsWith("elasticloadbalancing:Describe", StringComparison.Ordinal)
        || action is "route53:ListHostedZones" or "route53:ListHostedZonesByName" or "ecr:GetAuthorizationToken" or "sts:GetCallerIdentity"
            or "cloudwatch:PutMetricData" or "cloudwatch:ListMetrics" or "logs:DescribeLogGroups" or "tag:GetResources"
            or "xray:PutTraceSegments" or "xray:PutTelemetryRecords";
}
