namespace Hybrid.Infra.Cluster;

/// <summary>EKS's access policies that people and pipelines get.</summary>
public enum ClusterAccessPolicy
{
    ClusterAdmin,
    Admin,
    Edit,
    View,
}
