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

    /// <summary>Machines of the control plane, an odd number.</summary>
    public required int ControlPlaneMachines { get; init; }

    /// <summary>Machines that carry the pods.</summary>
    public required int WorkerMachines { get; init; }

    /// <summary>The spec of the provider's datacenter object, as EKS Anywhere documents it.</summary>
    public required ImmutableDictionary<string, object> Datacenter { get; init; }

    /// <summary>The spec of the provider's machine objects, as EKS Anywhere documents it.</summary>
    public ImmutableDictionary<string, object> Machines { get; init; } = ImmutableDictionary<string, object>.Empty;
}
