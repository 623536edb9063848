namespace Gateway.Tunnel.Hosting;

/// <summary>Exponential back-off with full jitter, so that many clients that lost the same server do not return at once.</summary>
internal sealed class BackOff(TimeSpan initial, TimeSpan maximum)
{
    private int _attempts;

    public void Reset() => _attempts = 0;

    /// <summary>A random time up to the initial one doubled with each attempt, at most the maximum.</summary>
    public TimeSpan Next()
    {
        var ceiling = Math.Min(maximum.TotalMilliseconds, initial.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts++, 30)));
        return TimeSpan.FromMilliseconds(Jitter(ceiling));
    }

    /// <summary>A random time up to <paramref name="most"/>.</summary>
    public static TimeSpan Within(TimeSpan most) => TimeSpan.FromMilliseconds(Jitter(most.TotalMilliseconds));

    // Spreads load; nothing depends on its being unpredictable.
#pragma warning disable CA5394
    private static double Jitter(double ceiling) => Random.Shared.NextDouble() * ceiling;
#pragma warning restore CA5394
}
