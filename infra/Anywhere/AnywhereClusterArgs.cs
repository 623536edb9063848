using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Anywhere;

public sealed partial record AnywhereClusterArgs
{
    public required string ClusterName { get; init; }

    /// <summary>One of <see cref="KubernetesVersions.Supported"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The bundle of EKS Anywhere, such as v0.24.0.</summary>
    public required string EksaVersion { get; init; }

    /// <summary>The cluster that manages it; its own name for one that manages itself.</summary>
    public required string ManagementCluster { get; init; }

    public required AnywhereProvider Provider { get; init; }

    /// <summary>The API server's address, an IPv4 address that no machine has. None with Docker.</summary>
    public string? ControlPlaneEndpoint { get; init; }

    /// <summary>1, 3 or 5.</summary>
    public required int ControlPlaneMachines { get; init; }

    public required int WorkerMachines { get; init; }

    public string PodCidr { get; init; } = "192.168.0.0/16";

    public string ServiceCidr { get; init; } = "10.96.0.0/12";

    /// <summary>The <c>spec</c> of the datacenter, in the provider's own words.</summary>
    public required ImmutableDictionary<string, object> Datacenter { get; init; }

    /// <summary>The <c>spec</c> of the machines, in the provider's own words. None with Docker.</summary>
    public ImmutableDictionary<string, object> Machines { get; init; } = ImmutableDictionary<string, object>.Empty;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Slug(ClusterName, 40, "clusterName");
        Check.Slug(ManagementCluster, 40, "managementCluster");
        Check.OneOf(Version, KubernetesVersions.Supported, "version");
        Check.Matches(EksaVersion, EksaPattern(), "eksaVersion", "such as v0.24.0");
        Check.OneOf(ControlPlaneMachines, [1, 3, 5], "controlPlaneMachines");
        Check.InRange(WorkerMachines, 1, 500, "workerMachines");
        var pods = CidrBlock.Parse(PodCidr, "podCidr");
        Check.That(!pods.Overlaps(CidrBlock.Parse(ServiceCidr, "serviceCidr")), "podCidr", "it overlaps the services' addresses", "ranges apart");
        Check.That(
            Provider is AnywhereProvider.Docker
                ? ControlPlaneEndpoint is null
                : ControlPlaneEndpoint is not null && IPAddress.TryParse(ControlPlaneEndpoint, out _),
            "controlPlaneEndpoint",
            $"'{ControlPlaneEndpoint}' does not suit {Provider}",
            "an address, or none with docker");
        Check.That(Provider is AnywhereProvider.Docker == Machines.IsEmpty, "machines", $"they do not suit {Provider}", "the machines' spec, or none with docker");
    }

    [GeneratedRegex(@"^v\d+\.\d+\.\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EksaPattern();
}
