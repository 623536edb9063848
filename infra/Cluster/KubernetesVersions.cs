using System.Collections.Immutable;

namespace Hybrid.Infra.Cluster;

/// <summary>The versions of Kubernetes that EKS supports without the surcharge for extended support, oldest first.</summary>
public static class KubernetesVersions
{
    /// <summary>Source: the EKS user guide's release calendar, November 2026. Extend it when AWS does.</summary>
    public static readonly ImmutableArray<string> Supported = ["1.34", "1.35", "1.36"];
}
