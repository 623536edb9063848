using System.Collections.Concurrent;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Tests.Support;

internal sealed class FakeInstanceDirectory : IInstanceDirectory
{
    private readonly ConcurrentDictionary<Guid, InstanceState> _states = new();

    public ConcurrentQueue<InstanceState> Reports { get; } = new();

    public void Report(InstanceState state)
    {
        _states[state.Id] = state;
        Reports.Enqueue(state);
    }

    public ConcurrentQueue<(Guid Instance, HealthReport Report)> Health { get; } = new();

    public void ReportHealth(Guid instance, HealthReport report) => Health.Enqueue((instance, report));

    public IReadOnlyCollection<InstanceState> All => [.. _states.Values];

    public InstanceState? Of(string site) => _states.Values.Where(s => s.Site == site).OrderByDescending(s => s.Connected).FirstOrDefault();
}
