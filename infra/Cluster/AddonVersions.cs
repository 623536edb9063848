using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Cluster;

/// <summary>The add-ons' versions, each pinned: an add-on never changes because someone ran <c>up</c>.</summary>
public sealed partial record AddonVersions
{
    /// <summary>The version of vpc-cni.</summary>
    public string? VpcCni { get; init; }

    /// <summary>The version of kube-proxy, of the cluster's Kubernetes version.</summary>
    public string? KubeProxy { get; init; }

    /// <summary>The version of eks-pod-identity-agent.</summary>
    public string? PodIdentityAgent { get; init; }

    /// <summary>The version of coredns.</summary>
    public string? CoreDns { get; init; }

    /// <summary>The version of aws-ebs-csi-driver.</summary>
    public string? EbsCsiDriver { get; init; }

    /// <summary>The version of metrics-server.</summary>
    public required string MetricsServer { get; init; }

    /// <summary>The version of external-dns.</summary>
    public required string ExternalDns { get; init; }

    /// <summary>The version of aws-secrets-store-csi-driver-provider.</summary>
    public required string SecretsStoreCsiDriver { get; init; }

    /// <param name="compute">Auto Mode has some of them built in.</param>
    /// <param name="kubernetes">The cluster's version, which kube-proxy's minor version must be.</param>
    internal void Validate(ClusterCompute compute, string kubernetes)
    {
        foreach (var (field, version) in new[] { ("metricsServer", MetricsServer), ("externalDns", ExternalDns), ("secretsStoreCsiDriver", SecretsStoreCsiDriver) })
        {
            Pinned(field, version);
        }

        foreach (var (field, version) in new[] { ("vpcCni", VpcCni), ("kubeProxy", KubeProxy), ("podIdentityAgent", PodIdentityAgent), ("coreDns", CoreDns), ("ebsCsiDriver", EbsCsiDriver) })
        {
            Check.That(
                compute is ClusterCompute.Auto == version is null,
                $"addons.{field}",
                version is null ? "required, but not set" : "Auto Mode has it built in",
                version is null ? "v1.2.3-eksbuild.4, as `aws eks describe-addon-versions` lists it" : "none");
            if (version is not null)
            {
                Pinned(field, version);
            }
        }

        // Kubernetes' version skew policy lets it be older; one that is newer breaks, and one that stays behind blocks the next upgrade.
        Check.That(
            KubeProxy is null || KubeProxy.StartsWith($"v{kubernetes}.", StringComparison.Ordinal),
            "addons.kubeProxy",
            $"'{KubeProxy}' is not of the cluster's version",
            $"v{kubernetes}.x-eksbuild.y");
    }

    private static void Pinned(string field, string version) =>
        Check.Matches(version, VersionPattern(), $"addons.{field}", "v1.2.3-eksbuild.4, as `aws eks describe-addon-versions` lists it");

    [GeneratedRegex(@"^v\d+\.\d+\.\d+-eksbuild\.\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}
