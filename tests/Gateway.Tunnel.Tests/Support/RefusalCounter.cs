using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gateway.Tunnel.Hosting;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>Listens to the metric of refused peers.</summary>
internal sealed class RefusalCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<string> _reasons = [];

    public RefusalCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TunnelMetrics.MeterName && instrument.Name == "gateway.tunnel.refusals")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                _reasons.Add((string)tag.Value!);
            }
        });
        _listener.Start();
    }

    public Task Counted(string reason) =>
        Eventually.TrueAsync(() => _reasons.Contains(reason), text: $"a refusal for {reason} is counted");

    public void Dispose() => _listener.Dispose();
}
