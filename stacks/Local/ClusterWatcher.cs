namespace Hybrid.Stacks.Local;

/// <summary>Says in one line each what happens between the control plane and the data planes.</summary>
internal sealed class ClusterWatcher(LocalAdmin admin, LocalOutput output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, DataPlaneStatus> _last = new(StringComparer.Ordinal);
    private long _appliedByAll;
    private bool? _controlPlaneAway;

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            Report(await admin.ReadDataPlanesAsync(cancellationToken));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    internal void Report(IReadOnlyList<DataPlaneStatus>? current)
    {
        if (current is null)
        {
            if (_controlPlaneAway == false)
            {
                output.Event("the control plane does not answer; the data planes go on with what they have");
            }

            _controlPlaneAway = true;
            _last.Clear();
            return;
        }

        if (_controlPlaneAway == true)
        {
            output.Event("the control plane answers again");
        }

        _controlPlaneAway = false;
        foreach (var instance in current)
        {
            _last.TryGetValue(instance.Id, out var before);
            if (instance.Connected && before is not { Connected: true })
            {
                output.Event($"data plane {instance.Site} connected");
            }
            else if (!instance.Connected && before is { Connected: true })
            {
                output.Event($"data plane {instance.Site} disconnected");
            }

            if (instance.LastRefusal is { } refusal && refusal != before?.LastRefusal)
            {
                output.Event($"data plane {instance.Site} refused a revision: {refusal}");
            }

            _last[instance.Id] = instance;
        }

        ReportApplied([.. current.Where(instance => instance.Connected)]);
    }

    private void ReportApplied(IReadOnlyList<DataPlaneStatus> connected)
    {
        if (connected.Select(instance => instance.Site).Distinct(StringComparer.Ordinal).Count() < LocalTopology.Sites.Count)
        {
            return;
        }

        var revision = connected[0].Revision;
        if (revision != _appliedByAll && connected.All(instance => instance.Revision == revision && instance.Hash == connected[0].Hash))
        {
            _appliedByAll = revision;
            output.Event($"revision {revision} applied by {string.Join(" and ", LocalTopology.Sites)} (hash {connected[0].Hash[..Math.Min(12, connected[0].Hash.Length)]})");
        }
    }
}
