namespace Gateway.DataPlane.Tests.Dns;

/// <summary>Timestamps that move when told to; timers are the system's.</summary>
internal sealed class SettableClock : TimeProvider
{
    private long _now = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public void Advance(double seconds) => Interlocked.Add(ref _now, (long)(seconds * TimeSpan.TicksPerSecond));
}
