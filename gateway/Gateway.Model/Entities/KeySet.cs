namespace Gateway.Model.Entities;

/// <summary>Keys that are looked up together.</summary>
public sealed record KeySet : Entity
{
    public string? Name { get; init; }
}
