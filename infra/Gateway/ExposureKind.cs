namespace Hybrid.Infra.Gateway;

public enum ExposureKind
{
    /// <summary>Inside the cluster only.</summary>
    ClusterIp,

    /// <summary>A port on every node.</summary>
    NodePort,

    /// <summary>A Network Load Balancer inside the VPC and what is connected to it.</summary>
    Internal,

    /// <summary>A Network Load Balancer on the internet.</summary>
    Public,

    /// <summary>A load balancer that the site has itself.</summary>
    SiteLoadBalancer,
}
