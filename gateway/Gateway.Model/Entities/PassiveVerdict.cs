namespace Gateway.Model.Entities;

/// <summary>What in traffic counts towards one state of a target. A count of 0 never reaches it.</summary>
public sealed record PassiveVerdict
{
    public IReadOnlyList<int> HttpStatuses { get; init; } = [];
    public int Successes { get; init; }
    public int HttpFailures { get; init; }
    public int TcpFailures { get; init; }
    public int Timeouts { get; init; }
}
