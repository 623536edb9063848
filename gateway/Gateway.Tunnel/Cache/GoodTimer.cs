namespace Gateway.Tunnel.Cache;

/// <summary>
/// Tells which state has served for a while. While one is on trial, later ones wait; so also under constant change something proves good now and then.
/// </summary>
internal sealed class GoodTimer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _after;
    private readonly Action<CachePosition> _report;
    private readonly ITimer _timer;
    private CachePosition? _onTrial;
    private CachePosition? _latest;

    public GoodTimer(TimeSpan after, TimeProvider time, Action<CachePosition> report)
    {
        (_after, _report) = (after, report);
        _timer = time.CreateTimer(_ => OnDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Serving(CachePosition position)
    {
        lock (_lock)
        {
            _latest = position;

            // A generation may be gone when a later one has begun: the trial begins anew with that.
            if (_onTrial is null || _onTrial.Generation != position.Generation)
            {
                _onTrial = position;
                _timer.Change(_after, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnDue()
    {
        CachePosition? good;
        lock (_lock)
        {
            good = _onTrial;
            _onTrial = _latest == good ? null : _latest;
            if (_onTrial is not null)
            {
                _timer.Change(_after, Timeout.InfiniteTimeSpan);
            }
        }

        if (good is not null)
        {
            _report(good);
        }
    }
}
