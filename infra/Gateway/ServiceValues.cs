using System.Collections.Immutable;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

/// <summary>Writes the chart's values for one service.</summary>
public static class ServiceValues
{
    /// <summary>
    /// Seconds that a connection may be silent before the load balancer forgets it: far above the tunnels' heartbeat (NLB: 60 to 6000).
    /// </summary>
    private const int IdleTimeout = 3600;

    private const string Annotation = "service.beta.kubernetes.io/aws-load-balancer-";

    /// <param name="listeners">The service's ports, such as TCP-8005.</param>
    /// <param name="loadBalancerClass">Who makes load balancers in the cluster; null where nobody of AWS does.</param>
    /// <param name="hostName">What external-dns writes into the zone, if anything.</param>
    public static Dictionary<string, object> Write(ServiceExposure exposure, ImmutableArray<string> listeners, Output<string>? loadBalancerClass, Input<string>? hostName)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal) { ["enabled"] = true, ["type"] = Type(exposure.Kind) };
        var annotations = new Dictionary<string, object>(StringComparer.Ordinal);
        if (exposure.Kind is ExposureKind.Internal or ExposureKind.Public)
        {
            values["loadBalancerClass"] = loadBalancerClass ?? throw new InvalidArgumentsException("kind", $"{exposure.Kind} is a load balancer of AWS, and there is none", "nodePort, siteLoadBalancer");
            annotations[Annotation + "scheme"] = exposure.Kind is ExposureKind.Internal ? "internal" : "internet-facing";
            annotations[Annotation + "nlb-target-type"] = "ip";
            annotations[Annotation + "attributes"] = "load_balancing.cross_zone.enabled=true";
            annotations[Annotation + "target-group-attributes"] = "deregistration_delay.timeout_seconds=60,deregistration_delay.connection_termination.enabled=true,preserve_client_ip.enabled=true";
            annotations[Annotation + "healthcheck-port"] = "8100";
            annotations[Annotation + "healthcheck-protocol"] = "http";
            annotations[Annotation + "healthcheck-path"] = "/status/ready";
            foreach (var listener in listeners)
            {
                annotations[$"{Annotation}listener-attributes.{listener}"] = $"tcp.idle_timeout.seconds={IdleTimeout}";
            }

            if (!exposure.AllowedCidrs.IsEmpty)
            {
                values["loadBalancerSourceRanges"] = exposure.AllowedCidrs;
            }
        }

        if (hostName is not null && exposure.Kind is (ExposureKind.Internal or ExposureKind.Public))
        {
            annotations["external-dns.alpha.kubernetes.io/hostname"] = hostName.ToOutput();
        }

        if (annotations.Count > 0)
        {
            values["annotations"] = annotations;
        }

        return values;
    }

    private static string Type(ExposureKind kind) => kind switch
    {
        ExposureKind.ClusterIp => "ClusterIP",
        ExposureKind.NodePort => "NodePort",
        _ => "LoadBalancer",
    };
}
