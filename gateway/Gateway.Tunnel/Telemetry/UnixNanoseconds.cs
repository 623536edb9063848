namespace Gateway.Tunnel.Telemetry;

/// <summary>OTLP's time.</summary>
internal static class UnixNanoseconds
{
    private const ulong PerTick = 100;
    private static readonly ulong Maximum = Of(DateTimeOffset.MaxValue);

    public static ulong Of(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * PerTick;

    /// <summary>Null for 0, which means that it was not set, and for what no calendar has.</summary>
    public static DateTimeOffset? ToTime(ulong nanoseconds) =>
        nanoseconds == 0 || nanoseconds > Maximum ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / PerTick));
}
