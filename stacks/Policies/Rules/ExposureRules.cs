using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Nothing is public but the proxies, and the tunnels where the configuration allow-lists their callers.</summary>
internal static class ExposureRules
{
    /// <summary>What only an environment's own network may reach, whatever the configuration says.</summary>
    private static readonly ImmutableArray<string> Inner = ["admin", "manager", "status", "portal"];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "security-group-not-open",
            Title = "No security group lets everyone in",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.18"),
            Types = [ResourceTypes.SecurityGroupIngress],
            Check = rule =>
            [
                .. rule["cidrIpv4"] is { IsMissing: false } range ? range.That(!IsEveryone(range.Text), "a range that is not everyone's") : [],
                .. rule["cidrIpv6"] is { IsMissing: false } range6 ? range6.That(!IsEveryone(range6.Text), "a range that is not everyone's") : [],
                .. Subject.Itself(
                    !rule["cidrIpv4"].IsMissing || !rule["cidrIpv6"].IsMissing || !rule["referencedSecurityGroupId"].IsMissing || !rule["prefixListId"].IsMissing,
                    "it names no source",
                    "a range, a security group or a prefix list"),
            ],
        },
        new()
        {
            Id = "security-group-inline-not-open",
            Title = "No rule inside a security group lets everyone in",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.18"),
            Types = [ResourceTypes.SecurityGroup],
            Check = group => group["ingress"].Items.SelectMany(rule => (ImmutableArray<Violation>)
            [
                .. rule["cidrBlocks"].IsList(ranges => !ranges.Any(range => IsEveryone(range.Text)), "ranges that are not everyone's"),
                .. rule["ipv6CidrBlocks"].IsList(ranges => !ranges.Any(range => IsEveryone(range.Text)), "ranges that are not everyone's"),
            ]),
        },
        new()
        {
            Id = "default-security-group-closed",
            Title = "The VPC's default security group lets nobody in or out",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.2"),
            Types = [ResourceTypes.DefaultSecurityGroup],
            Check = group =>
            [
                .. group["ingress"].That(!group["ingress"].Items.Any(), "no rules"),
                .. group["egress"].That(!group["egress"].Items.Any(), "no rules"),
            ],
        },
        new()
        {
            Id = "endpoint-own-principals",
            Title = "An endpoint of AWS's services is good for the account's own principals",
            Area = PolicyArea.Exposure,
            Source = PolicySource.Aws("AWS PrivateLink Guide", "Control access to VPC endpoints using endpoint policies", "vpc/latest/privatelink/vpc-endpoints-access.html"),
            Types = [ResourceTypes.VpcEndpoint],
            Check = endpoint => endpoint["policy"].That(endpoint["policy"].Text?.Contains("aws:PrincipalAccount", StringComparison.Ordinal) is true, "a policy with the condition aws:PrincipalAccount"),
        },
        new()
        {
            Id = "eks-endpoint-private",
            Title = "The cluster's API is reached inside the VPC only",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EKS.1"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => [.. cluster["vpcConfig.endpointPublicAccess"].IsFalse(), .. cluster["vpcConfig.endpointPrivateAccess"].IsTrue()],
        },
        new()
        {
            Id = "eks-endpoint-not-everyones",
            Title = "A public cluster API is allow-listed",
            Area = PolicyArea.Exposure,
            Source = PolicySource.Aws("Amazon EKS Best Practices Guide", "EKS Cluster Endpoint", "eks/latest/best-practices/identity-and-access-management.html"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => cluster["vpcConfig.endpointPublicAccess"].Flag is false ? [] : IsAllowList(cluster["vpcConfig.publicAccessCidrs"]),
        },
        new()
        {
            Id = "rds-not-public",
            Title = "The database has no public address",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("RDS.2"),
            Types = [ResourceTypes.DatabaseInstance],
            Check = instance => instance["publiclyAccessible"].IsFalse(),
        },
        new()
        {
            Id = "search-in-vpc",
            Title = "The search domain stands in the VPC",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("Opensearch.2"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain =>
            [
                .. domain["vpcOptions.subnetIds"].IsList(subnets => subnets.Count > 0, "subnets of the VPC"),
                .. domain["vpcOptions.securityGroupIds"].IsList(groups => groups.Count > 0, "security groups of ours"),
            ],
        },
        new()
        {
            Id = "cache-in-own-subnets",
            Title = "The cache stands in subnets of ours, not in the default VPC's",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("ElastiCache.7"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["subnetGroupName"].IsText(name => name is not ("" or "default"), "a group of ours"),
        },
        new()
        {
            Id = "subnet-no-public-addresses",
            Title = "Subnets give nobody a public address by themselves",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.15"),
            Types = [ResourceTypes.Subnet],
            Check = subnet => subnet["mapPublicIpOnLaunch"].IsNotTrue(),
        },
        new()
        {
            Id = "node-no-public-address",
            Title = "Nodes have no public address",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.25"),
            Types = [ResourceTypes.LaunchTemplate],
            Check = template => template["networkInterfaces"].Items.SelectMany(card => card["associatePublicIpAddress"].IsNotTrue()),
        },
        new()
        {
            Id = "inner-services-stay-inside",
            Title = "Admin API, console and status stay inside their cluster",
            Area = PolicyArea.Exposure,
            Source = new("Kong Gateway documentation", "Secure the Admin API: network layer access restrictions", "https://developer.konghq.com/gateway/secure-the-admin-api/"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => Inner.SelectMany(name => release["values"].Member(name).Member("type") is { IsMissing: false } type ? type.IsOneOf("ClusterIP") : []),
        },
        new()
        {
            Id = "public-service-allow-listed",
            Title = "A public service that is no proxy names who may call it",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.18"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release.Services()
                .Where(service => service.IsPublic() && !service.Path.EndsWith(".proxy", StringComparison.Ordinal))
                .SelectMany(service => IsAllowList(service["loadBalancerSourceRanges"])),
        },
        new()
        {
            Id = "internal-service-allow-listed",
            Title = "An internal load balancer names the ranges of its callers",
            Area = PolicyArea.Exposure,
            Severity = Severity.Warning,
            Source = PolicySource.Aws("Amazon EKS Best Practices Guide", "Load balancing: restrict access by source ranges", "eks/latest/best-practices/load-balancing.html"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release.Services()
                .Where(service => service.IsLoadBalancer() && !service.IsPublic())
                .SelectMany(service => service["loadBalancerSourceRanges"].IsList(ranges => ranges.Count > 0, "the callers' ranges")),
        },
        new()
        {
            Id = "vpc-endpoints-for-images",
            Title = "Nodes pull images over the VPC's own endpoints",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.55"),
            Types = [ResourceTypes.Vpc],
            Check = vpc => Endpoints(vpc, "ecr.api", "ecr.dkr", "s3"),
        },
        new()
        {
            Id = "vpc-endpoints-for-nodes",
            Title = "Nodes reach EC2, STS and the logs over the VPC's own endpoints",
            Area = PolicyArea.Exposure,
            Source = PolicySource.SecurityHub("EC2.10"),
            Types = [ResourceTypes.Vpc],
            Check = vpc => Endpoints(vpc, "ec2", "sts", "logs"),
        },
    ];

    private static bool IsEveryone(string? range) => range is "0.0.0.0/0" or "::/0";

    private static ImmutableArray<Violation> IsAllowList(Node ranges) =>
        ranges.IsList(list => list.Count > 0 && !list.Any(range => IsEveryone(range.Text)), "ranges that are not everyone's");

    private static ImmutableArray<Violation> Endpoints(Subject vpc, params string[] services)
    {
        var there = vpc.Neighbours(ResourceTypes.VpcEndpoint).Select(endpoint => endpoint["serviceName"].Text).OfType<string>().ToArray();
        return
        [
            .. services
                .Where(service => !there.Any(name => name.EndsWith($".{service}", StringComparison.Ordinal)))
                .SelectMany(service => Subject.Itself(holds: false, $"it has no endpoint for {service}", $"an endpoint for {service}")),
        ];
    }
}
