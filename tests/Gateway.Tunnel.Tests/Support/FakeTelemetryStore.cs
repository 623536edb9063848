using System.Collections.Concurrent;
using Gateway.Tunnel.Telemetry;

namespace Gateway.Tunnel.Tests.Support;

internal sealed class FakeTelemetryStore : ITelemetryStore
{
    public ConcurrentQueue<TelemetryPoint> Points { get; } = new();

    public bool IsAway { get; set; }

    public int Attempts;

    public Task<FoldOutcome> FoldAsync(IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Attempts);
        if (IsAway)
        {
            throw new IOException("the database is away");
        }

        foreach (var point in points)
        {
            Points.Enqueue(point);
        }

        return Task.FromResult(FoldOutcome.Nothing);
    }
}
