namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>A clock that the test sets; its timers run in real time.</summary>
internal sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
