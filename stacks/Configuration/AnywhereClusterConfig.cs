using System.Collections.Immutable;
using Hybrid.Infra.Anywhere;

namespace Hybrid.Stacks.Configuration;

/// <summary>What the management cluster is told.</summary>
internal sealed record AnywhereClusterConfig
{
    /// <summary>The SSM parameter with the management cluster's kubeconfig.</summary>
    public required string ManagementKubeConfigParameter { get; init; }

    /// <summary>The management cluster's name.</summary>
    public required string ManagementCluster { get; init; }

    /// <summary>The Kubernetes version, one that this version of EKS Anywhere supports.</summary>
    public required string Version { get; init; }

    /// <summary>The version of EKS Anywhere, such as v0.24.0.</summary>
    public required string EksaVersion { get; init; }

    /// <summary>What the machines are made by.</summary>
    public required AnywhereProvider Provider { get; init; }

    /// <summary>The address of the API server that the machines share; none for Docker.</summary>
    public string? ControlPlaneEndpoint { get; init; }

    /// <summary>The control plane's machines: 1, 3 or 5.</summary>
    public required AnywhereMachines ControlPlane { get; init; }

    /// <summary>Machines for etcd alone, 3 or 5; on those of the control plane when not set.</summary>
    public AnywhereMachines? Etcd { get; init; }

    /// <summary>The machines that carry pods, in groups.</summary>
    public required ImmutableArray<AnywhereWorkerGroup> WorkerGroups { get; init; }

    /// <summary>A registry of the site's own that the machines pull from.</summary>
    public RegistryMirror? RegistryMirror { get; init; }

    /// <summary>What the machines reach the internet through.</summary>
    public OutgoingProxy? OutgoingProxy { get; init; }

    /// <summary>The spec of the provider's datacenter object, as EKS Anywhere documents it.</summary>
    public required ImmutableDictionary<string, object> Datacenter { get; init; }
}
