using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>What became of the data points that came in: as instruments of .NET, and as totals that <see cref="Hosting.TunnelMetricsText"/> shows.</summary>
internal sealed class IngestMetrics
{
    private static readonly string[] Names =
        [.. Enum.GetValues<RejectionReason>().Select(reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()))];

    private readonly Counter<long> _points;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _overflows;
    private readonly long[] _rejected = new long[Names.Length];
    private long _taken;
    private long _overflowed;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Hosting.TunnelMetrics.MeterName);
        _points = meter.CreateCounter<long>("gateway.telemetry.points", "{point}", "Data points taken");
        _rejections = meter.CreateCounter<long>("gateway.telemetry.rejected", "{point}", "Data points that were not taken, by reason");
        _overflows = meter.CreateCounter<long>("gateway.telemetry.overflow", "{point}", "Data points counted in an overflow series");
    }

    public long Taken => Interlocked.Read(ref _taken);

    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>Every reason, from zero on.</summary>
    public IReadOnlyDictionary<string, long> Rejected
    {
        get
        {
            var rejected = new Dictionary<string, long>(StringComparer.Ordinal);
            for (var i = 0; i < Names.Length; i++)
            {
                rejected[Names[i]] = Interlocked.Read(ref _rejected[i]);
            }

            return rejected;
        }
    }

    public void Folded(int points, FoldOutcome outcome)
    {
        _points.Add(points - outcome.Refused);
        _overflows.Add(outcome.Overflowed);
        Interlocked.Add(ref _taken, points - outcome.Refused);
        Interlocked.Add(ref _overflowed, outcome.Overflowed);
        Reject(RejectionReason.Cardinality, outcome.Refused);
    }

    public void Reject(RejectionReason reason, long points)
    {
        _rejections.Add(points, new KeyValuePair<string, object?>("reason", Names[(int)reason]));
        Interlocked.Add(ref _rejected[(int)reason], points);
    }
}
