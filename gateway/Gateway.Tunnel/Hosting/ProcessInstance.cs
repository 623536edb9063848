namespace Gateway.Tunnel.Hosting;

/// <summary>This process, as both tunnels name it.</summary>
/// <param name="Id">Random.</param>
/// <param name="StartTime">When its counters began at zero.</param>
public sealed record ProcessInstance(Guid Id, DateTimeOffset StartTime)
{
    public static ProcessInstance New(TimeProvider time) => new(Guid.NewGuid(), time.GetUtcNow());
}
