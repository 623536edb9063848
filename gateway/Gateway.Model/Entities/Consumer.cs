namespace Gateway.Model.Entities;

/// <summary>Who calls an API. At least one of <see cref="Username"/> and <see cref="CustomId"/> is set.</summary>
public sealed record Consumer : Entity
{
    public string? Username { get; init; }
    public string? CustomId { get; init; }
}
