namespace Gateway.Model.Entities;

/// <summary>How an upstream finds out which of its targets can serve. Off unless something is set.</summary>
public sealed record Healthchecks
{
    public ActiveHealthcheck Active { get; init; } = new();
    public PassiveHealthcheck Passive { get; init; } = new();

    /// <summary>Percent of the targets' weight that must be exceeded by the healthy ones, or the upstream serves nobody; 0 to 100.</summary>
    public double Threshold { get; init; }

    /// <summary>What Kong calls using health checks; otherwise targets show as HEALTHCHECKS_OFF.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOn =>
        Active.Healthy.Interval > 0
        || Active.Unhealthy.Interval > 0
        || Passive.Unhealthy.HttpFailures > 0
        || Passive.Unhealthy.TcpFailures > 0
        || Passive.Unhealthy.Timeouts > 0;
}
