using System.Collections.Immutable;
using System.Net;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Anywhere;

public sealed record AnywhereClusterArgs
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

    /// <summary>1, 3 or 5 machines.</summary>
    public required AnywhereMachines ControlPlane { get; init; }

    /// <summary>Machines for etcd alone, 3 or 5; on those of the control plane when null. Bare metal has none.</summary>
    public AnywhereMachines? Etcd { get; init; }

    /// <summary>At least one group.</summary>
    public required ImmutableArray<AnywhereWorkerGroup> WorkerGroups { get; init; }

    public RegistryMirror? RegistryMirror { get; init; }

    public OutgoingProxy? OutgoingProxy { get; init; }

    public string PodCidr { get; init; } = "192.168.0.0/16";

    public string ServiceCidr { get; init; } = "10.96.0.0/12";

    /// <summary>The <c>spec</c> of the datacenter, in the provider's own words.</summary>
    public required ImmutableDictionary<string, object> Datacenter { get; init; }

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Slug(ClusterName, 40, "clusterName");
        Check.Slug(ManagementCluster, 40, "managementCluster");
        Check.OneOf(Version, KubernetesVersions.Supported, "version");
        EksaRelease.Check(EksaVersion, Version, Provider);
        ProviderFields.CheckDatacenter(Provider, Datacenter);
        Check.OneOf(ControlPlane.Count, [1, 3, 5], "controlPlane.count");
        ProviderFields.CheckMachine("controlPlane.machine", Provider, ControlPlane.Machine);
        if (Etcd is not null)
        {
            Check.That(Provider is not (AnywhereProvider.Tinkerbell or AnywhereProvider.Docker), "etcd", $"{Provider} keeps it on the control plane's machines", "none");
            Check.OneOf(Etcd.Count, [3, 5], "etcd.count");
            ProviderFields.CheckMachine("etcd.machine", Provider, Etcd.Machine);
        }

        Check.That(!WorkerGroups.IsDefaultOrEmpty, "workerGroups", "none was given", "at least one");
        Check.That(WorkerGroups.Select(group => group.Name).Distinct(StringComparer.Ordinal).Count() == WorkerGroups.Length, "workerGroups", "a name appears twice", "each once");
        foreach (var group in WorkerGroups)
        {
            Check.Slug(group.Name, 20, "workerGroups.name");
            Check.InRange(group.Count, 1, 500, $"workerGroups.{group.Name}.count");
            ProviderFields.CheckMachine($"workerGroups.{group.Name}.machine", Provider, group.Machine);
        }

        if (RegistryMirror is not null)
        {
            Check.DnsName(RegistryMirror.Endpoint, "registryMirror.endpoint");
            Check.InRange(RegistryMirror.Port, 1, 65535, "registryMirror.port");
        }

        var pods = CidrBlock.Parse(PodCidr, "podCidr");
        Check.That(!pods.Overlaps(CidrBlock.Parse(ServiceCidr, "serviceCidr")), "podCidr", "it overlaps the services' addresses", "ranges apart");
        Check.That(
            Provider is AnywhereProvider.Docker
                ? ControlPlaneEndpoint is null
                : ControlPlaneEndpoint is not null && IPAddress.TryParse(ControlPlaneEndpoint, out _),
            "controlPlaneEndpoint",
            $"'{ControlPlaneEndpoint}' does not suit {Provider}",
            "an address, or none with docker");
    }
}
