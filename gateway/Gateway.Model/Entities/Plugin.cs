using System.Text.Json.Nodes;

namespace Gateway.Model.Entities;

/// <summary>One configured instance of a plugin, in a scope: the references that are set; global where none is.</summary>
public sealed record Plugin : Entity
{
    /// <summary>The plugin's name in the catalogue, such as <c>key-auth</c>.</summary>
    public required string Name { get; init; }
    public string? InstanceName { get; init; }
    public bool Enabled { get; init; } = true;
    public IReadOnlyList<string>? Protocols { get; init; }
    public required JsonObject Config { get; init; }
    public EntityReference? Service { get; init; }
    public EntityReference? Route { get; init; }
    public EntityReference? Consumer { get; init; }
    public EntityReference? ConsumerGroup { get; init; }
}
