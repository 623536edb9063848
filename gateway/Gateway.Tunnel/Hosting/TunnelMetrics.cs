using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Hosting;

/// <summary>What a control plane counts about its tunnels: as instruments of .NET, and as totals that <see cref="TunnelMetricsText"/> shows.</summary>
internal sealed class TunnelMetrics
{
    public const string MeterName = "Gateway.Tunnel";
    private readonly Counter<long> _refusals;
    private readonly UpDownCounter<long> _streams;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _issued;
    private readonly ConcurrentDictionary<string, long> _refusalsByReason = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _updatesByKind = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _bytesByKind = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _issuedByCause = new(StringComparer.Ordinal);
    private long _liveStreams;

    public TunnelMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refusals = meter.CreateCounter<long>("gateway.tunnel.refusals", "{refusal}", "Connections and calls that were refused, by reason");
        _streams = meter.CreateUpDownCounter<long>("gateway.tunnel.streams", "{stream}", "Live streams of data planes");
        _updates = meter.CreateCounter<long>("gateway.tunnel.updates", "{update}", "Updates sent, by kind");
        _bytes = meter.CreateCounter<long>("gateway.tunnel.update.size", "By", "Payload bytes of updates sent, by kind");
        _issued = meter.CreateCounter<long>("gateway.tunnel.certificates.issued", "{certificate}", "Certificates issued to data planes, by cause");

        // Zero from the start: an alert needs a first value to see an increase.
        foreach (var reason in RefusalReasons.All)
        {
            _refusalsByReason[reason] = 0;
        }
    }

    public long LiveStreams => Interlocked.Read(ref _liveStreams);

    public IReadOnlyDictionary<string, long> Refusals => _refusalsByReason;

    public IReadOnlyDictionary<string, long> Updates => _updatesByKind;

    public IReadOnlyDictionary<string, long> UpdateBytes => _bytesByKind;

    public IReadOnlyDictionary<string, long> Issued => _issuedByCause;

    public void Refused(PeerRefusalReason reason) => Refused(RefusalReasons.Of(reason));

    /// <param name="reason">One of <see cref="RefusalReasons"/>.</param>
    public void Refused(string reason)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
        Count(_refusalsByReason, reason, 1);
    }

    public void StreamBegan()
    {
        _streams.Add(1);
        Interlocked.Increment(ref _liveStreams);
    }

    public void StreamEnded()
    {
        _streams.Add(-1);
        Interlocked.Decrement(ref _liveStreams);
    }

    public void UpdateSent(bool isSnapshot, long bytes)
    {
        var kind = isSnapshot ? "snapshot" : "delta";
        var tag = new KeyValuePair<string, object?>("kind", kind);
        _updates.Add(1, tag);
        _bytes.Add(bytes, tag);
        Count(_updatesByKind, kind, 1);
        Count(_bytesByKind, kind, bytes);
    }

    public void CertificateIssued(IssuanceCause cause)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());
        _issued.Add(1, new KeyValuePair<string, object?>("cause", name));
        Count(_issuedByCause, name, 1);
    }

    private static void Count(ConcurrentDictionary<string, long> totals, string name, long value) =>
        totals.AddOrUpdate(name, static (_, added) => added, static (_, before, added) => before + added, value);
}
