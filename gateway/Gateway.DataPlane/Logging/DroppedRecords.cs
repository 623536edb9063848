using System.Collections.Concurrent;
using Gateway.DataPlane.Telemetry;
using Gateway.Tunnel.Telemetry;

namespace Gateway.DataPlane.Logging;

/// <summary>Counts records that no log got.</summary>
internal sealed class DroppedRecords
{
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    public void Count(string plugin, int records) => _counters.GetOrAdd(plugin, static _ => new Counter()).Add(records);

    public void Collect(ICollection<MetricPoint> points)
    {
        foreach (var (plugin, counter) in _counters)
        {
            points.Add(new MetricPoint(MetricNames.DroppedLogRecords, "{record}", [new("plugin", plugin)], counter.Value, Sum: 0, Buckets: [], Bounds: []));
        }
    }
}
