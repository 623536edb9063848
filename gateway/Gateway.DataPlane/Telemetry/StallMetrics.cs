using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;
using Gateway.Tunnel.Telemetry;

namespace Gateway.DataPlane.Telemetry;

/// <summary>Counts inline phases that took too long or waited: who breaks the plugin contract slows every client of the same thread.</summary>
internal sealed class StallMetrics
{
    private readonly ConcurrentDictionary<(string Plugin, PluginPhase Phase), Counter> _counters = new();

    public void Count(string plugin, PluginPhase phase) =>
        _counters.GetOrAdd((plugin, phase), static _ => new Counter()).Add(1);

    public void Collect(ICollection<MetricPoint> points)
    {
        foreach (var ((plugin, phase), counter) in _counters)
        {
            points.Add(new MetricPoint(
                MetricNames.PluginStalls,
                "{stall}",
                [new("phase", phase.ToString().ToLowerInvariant()), new("plugin", plugin)],
                counter.Value,
                Sum: 0,
                Buckets: [],
                Bounds: []));
        }
    }
}
