namespace Gateway.Model.Entities;

/// <summary>When targets in one state are probed, and what counts towards that state. A count of 0 never reaches it.</summary>
public sealed record ActiveVerdict
{
    /// <summary>Seconds between two probes of a target that is in this state; 0: it is not probed.</summary>
    public double Interval { get; init; }
    public IReadOnlyList<int> HttpStatuses { get; init; } = [];
    public int Successes { get; init; }
    public int HttpFailures { get; init; }
    public int TcpFailures { get; init; }
    public int Timeouts { get; init; }
}
