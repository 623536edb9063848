using System.Collections.Immutable;
using Hybrid.Infra.Anywhere;

namespace Hybrid.Stacks.Configuration;

/// <summary>What the management cluster is told.</summary>
internal sealed record AnywhereClusterConfig
{
    /// <summary>The SSM parameter with the management cluster's kubeconfig.</summary>
    public required string ManagementKubeConfigParameter { get; init; }

    public required string ManagementCluster { get; init; }

    public required string Version { get; init; }

    public required string EksaVersion { get; init; }

    public required AnywhereProvider Provider { get; init; }

    public string? ControlPlaneEndpoint { get; init; }

    public required int ControlPlaneMachines { get; init; }

    public required int WorkerMachines { get; init; }

    public required ImmutableDictionary<string, object> Datacenter { get; init; }

    public ImmutableDictionary<string, object> Machines { get; init; } = ImmutableDictionary<string, object>.Empty;
}
