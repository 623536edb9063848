namespace Hybrid.Infra.Cluster;

/// <summary>Who takes care of the cluster's nodes.</summary>
public enum ClusterCompute
{
    /// <summary>Managed node groups of ours, with add-ons for network, storage and load balancers.</summary>
    Managed,

    /// <summary>
    /// EKS Auto Mode: EKS makes nodes as pods need them, replaces them within 21 days, and has network, storage and load balancing built in. Costs a share of the instances' price on top.
    /// </summary>
    Auto,
}
