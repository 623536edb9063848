using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Model;
using Gateway.Tunnel.Health;

namespace Gateway.DataPlane.Health;

/// <summary>Tells the control plane how this instance finds its targets.</summary>
internal sealed class HealthReporter(ConfigurationStore configurations) : IHealthReporter
{
    private RuntimeConfiguration? _seen;
    private IReadOnlyList<UpstreamModel> _upstreams = [];

    public HealthReport Read()
    {
        var configuration = configurations.Current;
        if (!ReferenceEquals(configuration, _seen))
        {
            _upstreams = [.. UpstreamsInUse.Of(configuration).Values.OrderBy(static upstream => upstream.Id)];
            _seen = configuration;
        }

        var reports = new List<UpstreamReport>();
        var count = 0;
        foreach (var upstream in _upstreams)
        {
            var report = ReportOf(upstream);
            count += report.Targets.Sum(static target => Math.Max(1, target.Addresses.Count));
            if (count > HealthReport.MostAddresses || reports.Count == HealthReport.MostAddresses)
            {
                break;
            }

            reports.Add(report);
        }

        return new HealthReport(reports);
    }

    private static UpstreamReport ReportOf(UpstreamModel upstream)
    {
        var set = upstream.State.Set;
        var addresses = set.Peers.ToLookup(static peer => peer.Key.Target, AddressOf, StringComparer.Ordinal);
        return new UpstreamReport(
            upstream.Id,
            upstream.UsesHealthChecks,
            set.IsAvailable,
            [.. upstream.Targets.Select(target => new TargetReport(target.Authority, [.. addresses[target.Authority]]))]);
    }

    private static AddressReport AddressOf(Peer peer) => new(peer.Address.Host, peer.Address.Port, peer.Weight, peer.State.Health.IsHealthy);
}
