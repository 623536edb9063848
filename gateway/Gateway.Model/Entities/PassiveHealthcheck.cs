namespace Gateway.Model.Entities;

/// <summary>What is learned from traffic: a circuit breaker.</summary>
public sealed record PassiveHealthcheck
{
    /// <summary><c>tcp</c> does not look at statuses; all others do.</summary>
    public string Type { get; init; } = "http";
    public PassiveVerdict Healthy { get; init; } = new()
    {
        HttpStatuses = [200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308],
    };
    public PassiveVerdict Unhealthy { get; init; } = new() { HttpStatuses = [429, 500, 503] };
}
