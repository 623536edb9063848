using System.Collections.Immutable;
using Pulumi;
using Pulumi.Aws.Route53;

namespace Hybrid.Infra.Dns;

/// <summary>The environment's zone; its name servers go into the parent zone by hand, once.</summary>
public sealed class DnsZone : AreaComponent
{
    public DnsZone(string name, DnsZoneArgs args, ComponentResourceOptions options)
        : base("dns:DnsZone", name, options)
    {
        args.Validate();
        var zone = new Zone(ChildName("zone"), new ZoneArgs
        {
            Name = args.Domain,
            Comment = "Addresses of the gateway's planes",
            ForceDestroy = false,
        }, Stateful(args.Protect));

        ZoneId = zone.ZoneId;
        ZoneArn = zone.Arn;
        NameServers = zone.NameServers;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["zoneId"] = ZoneId, ["nameServers"] = NameServers });
    }

    public Output<string> ZoneId { get; }

    public Output<string> ZoneArn { get; }

    public Output<ImmutableArray<string>> NameServers { get; }
}
