namespace Gateway.Model.Entities;

/// <summary>That a consumer is in a group: each pair once.</summary>
public sealed record ConsumerGroupMember : Entity
{
    public required EntityReference Consumer { get; init; }
    public required EntityReference ConsumerGroup { get; init; }
}
