using System.Collections.Immutable;
using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Gateway;

/// <summary>How one of the chart's services is reached from outside its cluster.</summary>
public sealed record ServiceExposure
{
    /// <summary>A load balancer or a port on the nodes, and which.</summary>
    public required ExposureKind Kind { get; init; }

    /// <summary>Who is let in by a load balancer: IPv4 ranges. Required for <see cref="ExposureKind.Public"/> unless <see cref="OpenToAll"/>.</summary>
    public ImmutableArray<string> AllowedCidrs { get; init; } = [];

    /// <summary>A proxy that API consumers call from everywhere says so.</summary>
    public bool OpenToAll { get; init; }

    /// <summary>The port on each node, 30000 to 32767; Kubernetes chooses when null.</summary>
    public int? NodePort { get; init; }

    public void Validate(string field)
    {
        foreach (var cidr in AllowedCidrs)
        {
            _ = CidrBlock.Parse(cidr, $"{field}.allowedCidrs");
        }

        Check.That(
            Kind is not ExposureKind.Public || OpenToAll != !AllowedCidrs.IsEmpty,
            $"{field}.allowedCidrs",
            "a public load balancer needs a list of whom to let in, or openToAll, and not both",
            "IPv4 ranges, or openToAll: true");
        Check.That(Kind is ExposureKind.Public || !OpenToAll, $"{field}.openToAll", "only a public load balancer can be open to all", "false");
        if (NodePort is { } port)
        {
            Check.That(Kind is ExposureKind.NodePort, $"{field}.nodePort", $"{Kind} has none", "kind: nodePort");
            Check.InRange(port, 30000, 32767, $"{field}.nodePort");
        }
    }
}
