namespace Gateway.DataPlane.Tests.Sockets;

/// <summary>A clock whose timers go off when the test says so.</summary>
internal sealed class HeldTimers : TimeProvider
{
    private readonly List<Timer> _timers = [];

    public int Count => _timers.Count;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    public void GoOff() => _timers.ForEach(static timer => timer.Callback());

    private sealed record Timer(Action Callback) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
