namespace Gateway.Model.Entities;

/// <summary>One address of an upstream.</summary>
public sealed record Target : Entity
{
    /// <summary><c>host:port</c>; the port is 8000 where none was given, as in Kong.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("target")]
    public required string Address { get; init; }

    /// <summary>0 to 65535; 0 takes the target out of the rotation.</summary>
    public int Weight { get; init; } = 100;
    public required EntityReference Upstream { get; init; }
}
