using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Cluster;

/// <summary>The add-ons' versions, each pinned: an add-on never changes because someone ran <c>up</c>.</summary>
public sealed partial record AddonVersions
{
    /// <summary>The version of vpc-cni.</summary>
    public required string VpcCni { get; init; }

    /// <summary>The version of kube-proxy, of the cluster's Kubernetes version.</summary>
    public required string KubeProxy { get; init; }

    /// <summary>The version of eks-pod-identity-agent.</summary>
    public required string PodIdentityAgent { get; init; }

    /// <summary>The version of coredns.</summary>
    public required string CoreDns { get; init; }

    /// <summary>The version of aws-ebs-csi-driver.</summary>
    public required string EbsCsiDriver { get; init; }

    /// <summary>The version of metrics-server.</summary>
    public required string MetricsServer { get; init; }

    /// <summary>The version of external-dns.</summary>
    public required string ExternalDns { get; init; }

    /// <summary>The version of aws-secrets-store-csi-driver-provider.</summary>
    public required string SecretsStoreCsiDriver { get; init; }

    internal void Validate()
    {
        foreach (var (field, version) in new[]
        {
            ("vpcCni", VpcCni), ("kubeProxy", KubeProxy), ("podIdentityAgent", PodIdentityAgent), ("coreDns", CoreDns), ("ebsCsiDriver", EbsCsiDriver),
            ("metricsServer", MetricsServer), ("externalDns", ExternalDns), ("secretsStoreCsiDriver", SecretsStoreCsiDriver),
        })
        {
            Check.Matches(version, VersionPattern(), $"addons.{field}", "v1.2.3-eksbuild.4, as `aws eks describe-addon-versions` lists it");
        }
    }

    [GeneratedRegex(@"^v\d+\.\d+\.\d+-eksbuild\.\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}
