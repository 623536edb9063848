using System.Collections.Concurrent;
using Gateway.Tunnel.Telemetry;

namespace Gateway.Tunnel.Tests.Support;

internal sealed class FakeMetricSource : IMetricSource
{
    private long _requests;

    public ConcurrentBag<MetricPoint> Further { get; } = [];

    public void Count(long requests) => Interlocked.Add(ref _requests, requests);

    public void Collect(ICollection<MetricPoint> points)
    {
        points.Add(new MetricPoint("gateway.requests", "{request}", [new("route", "r1"), new("status", "200")], Interlocked.Read(ref _requests), 0, [], []));
        foreach (var point in Further)
        {
            points.Add(point);
        }
    }
}
