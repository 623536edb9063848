using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Cluster;

/// <summary>The add-ons' versions, each pinned: an add-on never changes because someone ran <c>up</c>.</summary>
public sealed partial record AddonVersions
{
    public required string VpcCni { get; init; }

    public required string KubeProxy { get; init; }

    public required string PodIdentityAgent { get; init; }

    public required string CoreDns { get; init; }

    public required string EbsCsiDriver { get; init; }

    public required string MetricsServer { get; init; }

    public required string ExternalDns { get; init; }

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
