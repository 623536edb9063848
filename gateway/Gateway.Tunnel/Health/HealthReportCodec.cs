using Gateway.Tunnel.Payloads;
using Wire = Gateway.Tunnel.Protocol;

namespace Gateway.Tunnel.Health;

/// <summary>Reports to and from messages.</summary>
internal static class HealthReportCodec
{
    // Of a host name, a colon and a port.
    private const int LongestTarget = 260;
    private const int LongestIp = 64;
    private const int LargestPort = 65535;

    public static Wire.TargetHealth Encode(HealthReport report)
    {
        var message = new Wire.TargetHealth();
        foreach (var upstream in report.Upstreams)
        {
            var encoded = new Wire.UpstreamHealth { Id = ChangeSetCodec.ToBytes(upstream.Upstream), UsesChecks = upstream.UsesChecks, Available = upstream.IsAvailable };
            foreach (var target in upstream.Targets)
            {
                var one = new Wire.OneTargetHealth { Target = target.Target };
                one.Addresses.AddRange(target.Addresses.Select(static address => new Wire.AddressHealth
                {
                    Ip = address.Ip,
                    Port = (uint)address.Port,
                    Weight = (uint)address.Weight,
                    Healthy = address.IsHealthy,
                }));
                encoded.Targets.Add(one);
            }

            message.Upstreams.Add(encoded);
        }

        return message;
    }

    /// <summary>Null where an instance would not say such a thing.</summary>
    public static HealthReport? Decode(Wire.TargetHealth message)
    {
        var upstreams = new List<UpstreamReport>();
        var seen = new HashSet<Guid>();
        var count = 0;
        foreach (var upstream in message.Upstreams)
        {
            if (ChangeSetCodec.ToGuid(upstream.Id) is not { } id || !seen.Add(id))
            {
                return null;
            }

            foreach (var target in upstream.Targets)
            {
                count += Math.Max(1, target.Addresses.Count);
                if (count > HealthReport.MostAddresses
                    || target.Target.Length is 0 or > LongestTarget
                    || target.Addresses.Any(static address => address.Ip.Length is 0 or > LongestIp || address.Port > LargestPort || address.Weight > LargestPort))
                {
                    return null;
                }
            }

            upstreams.Add(new UpstreamReport(id, upstream.UsesChecks, upstream.Available, [.. upstream.Targets.Select(Decode)]));
        }

        return seen.Count <= HealthReport.MostAddresses ? new HealthReport(upstreams) : null;
    }

    private static TargetReport Decode(Wire.OneTargetHealth target) => new(
        target.Target,
        [.. target.Addresses.Select(static address => new AddressReport(address.Ip, (int)address.Port, (int)address.Weight, address.Healthy))]);
}
