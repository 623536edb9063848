namespace Gateway.Model.Entities;

/// <summary>Consumers that plugins treat alike.</summary>
public sealed record ConsumerGroup : Entity
{
    public required string Name { get; init; }
}
