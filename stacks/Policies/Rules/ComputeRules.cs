using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hybrid.Infra.Cluster;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>The cluster and its nodes, and that they and the managed services stay up to date.</summary>
internal static partial class ComputeRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "eks-version-supported",
            Title = "The cluster's Kubernetes version is in standard support",
            Area = PolicyArea.Compute,
            Source = PolicySource.SecurityHub("EKS.2"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => cluster["version"].IsOneOf([.. KubernetesVersions.Supported]),
        },
        new()
        {
            Id = "eks-no-extended-support",
            Title = "The cluster does not drift into extended support, which costs more",
            Area = PolicyArea.Compute,
            Severity = Severity.Warning,
            Source = PolicySource.Aws("Amazon EKS User Guide", "View current cluster upgrade policy", "eks/latest/userguide/view-upgrade-policy.html"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => cluster["upgradePolicy.supportType"].IsOneOf("STANDARD"),
        },
        new()
        {
            Id = "eks-addon-pinned",
            Title = "An add-on's version is pinned",
            Area = PolicyArea.Compute,
            Source = PolicySource.Aws("Amazon EKS API Reference", "CreateAddon: addonVersion", "eks/latest/APIReference/API_CreateAddon.html"),
            Types = [ResourceTypes.EksAddon],
            Check = addon => addon["addonVersion"].Matches(AddonVersion(), "such as v1.13.2-eksbuild.3"),
        },
        new()
        {
            Id = "eks-kube-proxy-version",
            Title = "kube-proxy is of the cluster's minor version, or at most three older, never newer",
            Area = PolicyArea.Compute,
            Source = new("Kubernetes documentation", "Version skew policy: kube-proxy", "https://kubernetes.io/releases/version-skew-policy/#kube-proxy"),
            Types = [ResourceTypes.EksAddon],
            Check = addon => addon["addonName"].Text is "kube-proxy" && addon.Neighbours(ResourceTypes.EksCluster) is [var cluster]
                ? addon["addonVersion"].That(
                    Minor(addon["addonVersion"].Text) is { } own && Minor(cluster["version"].Text) is { } theirs && own <= theirs && theirs - own <= 3,
                    $"of {cluster["version"].Text}, or up to three minor versions older")
                : [],
        },
        new()
        {
            Id = "eks-core-addons",
            Title = "A cluster without self-managed add-ons has the managed ones that it can't do without",
            Area = PolicyArea.Compute,
            Source = PolicySource.Aws("Amazon EKS User Guide", "Create a cluster without default networking add-ons", "eks/latest/userguide/eks-add-ons.html"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => cluster["bootstrapSelfManagedAddons"].Flag is false
                ? new[] { "vpc-cni", "kube-proxy", "coredns" }
                    .Where(name => !cluster.Neighbours(ResourceTypes.EksAddon).Any(addon => string.Equals(addon["addonName"].Text, name, StringComparison.Ordinal)))
                    .Select(name => new Violation("", $"it has no {name}", $"the add-on {name}"))
                : [],
        },
        new()
        {
            Id = "node-version",
            Title = "Nodes are of the cluster's Kubernetes version, or at most three minor versions older",
            Area = PolicyArea.Compute,
            Source = new("Kubernetes documentation", "Version skew policy: kubelet", "https://kubernetes.io/releases/version-skew-policy/#kubelet"),
            Types = [ResourceTypes.EksNodeGroup],
            Check = group => group.Neighbours(ResourceTypes.EksCluster) is [var cluster] && !group["version"].IsMissing
                ? group["version"].That(
                    Minor(group["version"].Text) is { } own && Minor(cluster["version"].Text) is { } theirs && own <= theirs && theirs - own <= 3,
                    $"{cluster["version"].Text}, or up to three minor versions older")
                : [],
        },
        new()
        {
            Id = "node-image-current",
            Title = "Nodes run Amazon Linux 2023 or Bottlerocket: Amazon Linux 2 has ended",
            Area = PolicyArea.Compute,
            Source = PolicySource.Aws("Amazon EKS User Guide", "EKS AL2 AMI deprecation", "eks/latest/userguide/eks-ami-deprecation-faqs.html"),
            Types = [ResourceTypes.EksNodeGroup],
            Check = group => group["amiType"].IsText(
                image => image.StartsWith("AL2023_", StringComparison.Ordinal) || image.StartsWith("BOTTLEROCKET_", StringComparison.Ordinal),
                "AL2023_… or BOTTLEROCKET_…"),
        },
        new()
        {
            Id = "node-imdsv2",
            Title = "Nodes ask for a token before they tell their metadata",
            Area = PolicyArea.Compute,
            Source = PolicySource.SecurityHub("EC2.170"),
            Types = [ResourceTypes.LaunchTemplate],
            Check = template => template["metadataOptions.httpTokens"].IsOneOf("required"),
        },
        new()
        {
            Id = "node-metadata-out-of-reach",
            Title = "Pods do not reach their node's metadata and role",
            Area = PolicyArea.Compute,
            Source = PolicySource.Aws("Amazon EKS Best Practices Guide", "Restrict access to the instance profile assigned to the worker node", "eks/latest/best-practices/identity-and-access-management.html"),
            Types = [ResourceTypes.LaunchTemplate],
            Check = template => template["metadataOptions.httpPutResponseHopLimit"].IsWithin(1, 1),
        },
        new()
        {
            Id = "volumes-gp3",
            Title = "Volumes are gp3: faster and cheaper than gp2",
            Area = PolicyArea.Compute,
            Severity = Severity.Warning,
            Source = PolicySource.Aws("Amazon EBS User Guide", "General Purpose SSD volumes", "ebs/latest/userguide/general-purpose.html"),
            Types = [ResourceTypes.LaunchTemplate, ResourceTypes.SearchDomain],
            Check = subject => subject.Resource.Type is ResourceTypes.LaunchTemplate
                ? subject["blockDeviceMappings"].Items.SelectMany(device => device["ebs.volumeType"].IsOneOf("gp3"))
                : subject["ebsOptions.volumeType"].IsOneOf("gp3"),
        },
        new()
        {
            Id = "rds-minor-upgrades",
            Title = "The database takes minor versions by itself",
            Area = PolicyArea.Compute,
            Source = PolicySource.SecurityHub("RDS.13"),
            Types = [ResourceTypes.DatabaseInstance],
            Check = instance => instance["autoMinorVersionUpgrade"].IsTrue(),
        },
        new()
        {
            Id = "cache-minor-upgrades",
            Title = "The cache takes minor versions by itself",
            Area = PolicyArea.Compute,
            Source = PolicySource.SecurityHub("ElastiCache.2"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["autoMinorVersionUpgrade"].IsTrue(),
        },
        new()
        {
            Id = "search-updates",
            Title = "The search domain takes software updates by itself",
            Area = PolicyArea.Compute,
            Source = PolicySource.SecurityHub("Opensearch.10"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => domain["softwareUpdateOptions.autoSoftwareUpdateEnabled"].IsTrue(),
        },
    ];

    private static int? Minor(string? version) =>
        version is not null && MinorVersion().Match(version) is { Success: true } match ? int.Parse(match.Groups["minor"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^v\d+\.\d+\.\d+-eksbuild\.\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddonVersion();

    [GeneratedRegex(@"^v?1\.(?<minor>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MinorVersion();
}
