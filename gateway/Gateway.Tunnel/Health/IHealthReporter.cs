namespace Gateway.Tunnel.Health;

/// <summary>What an instance's end of the tunnel asks for the health of targets. Register it where there is one.</summary>
public interface IHealthReporter
{
    /// <summary>What is so now, in a fixed order. Asked once per heartbeat; sent where it is not what was sent last.</summary>
    HealthReport Read();
}
