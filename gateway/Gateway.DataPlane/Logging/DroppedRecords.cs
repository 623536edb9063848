using System.Collections.Concurrent;
using Gateway.DataPlane.Telemetry;
using Gateway.Tunnel.Telemetry;

namespace Gateway.DataPlane.Logging;

/// <summary>Counts records that no log got.</summary>
internal sealed class DroppedRecords
{
    private readonly ConcurrentDictionary<(string Plugin, string Reason), Counter> _counters = new();

    public void Count(string plugin, string reason, int records) => _counters.GetOrAdd((plugin, reason), static _ => new Counter()).Add(records);

    public void Collect(ICollection<MetricPoint> points)
    {
        foreach (var ((plugin, reason), counter) in _counters)
        {
            points.Add(new MetricPoint(MetricNames.DroppedLogRecords, "{record}", [new("plugin", plugin), new("reason", reason)], counter.Value, Sum: 0, Buckets: [], Bounds: []));
        }
    }
}
