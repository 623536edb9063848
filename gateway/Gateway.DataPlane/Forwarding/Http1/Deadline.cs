namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>
/// A time limit that costs no timer: it is set and cleared around a wait, and <see cref="ConnectionPools"/> looks at all of them every so often. Whoever comes first,
/// the end of the wait or the limit, is told apart by exchanging the value.
/// </summary>
internal struct Deadline
{
    private const long None = long.MaxValue;
    private const long Expired = long.MinValue;

    private long _at = None;

    public Deadline()
    {
    }

    public readonly bool HasExpired => Volatile.Read(in _at) == Expired;

    /// <param name="at">Timestamp of the clock.</param>
    public void Set(long at) => Interlocked.CompareExchange(ref _at, at, None);

    public void Clear()
    {
        var at = Volatile.Read(ref _at);
        if (at != Expired)
        {
            Interlocked.CompareExchange(ref _at, None, at);
        }
    }

    /// <summary>True where it expires by this call.</summary>
    public bool TryExpire(long now)
    {
        var at = Volatile.Read(ref _at);
        return at != Expired && at <= now && Interlocked.CompareExchange(ref _at, Expired, at) == at;
    }
}
