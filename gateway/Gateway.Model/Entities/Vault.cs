using System.Text.Json.Nodes;

namespace Gateway.Model.Entities;

/// <summary>Where references such as <c>{vault://PREFIX/NAME}</c> lead.</summary>
public sealed record Vault : Entity
{
    /// <summary>What references call it.</summary>
    public required string Prefix { get; init; }

    /// <summary><c>env</c>: the data plane's environment variables.</summary>
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>Of <c>env</c>: <c>prefix</c>, which the variables' names begin with.</summary>
    public JsonObject? Config { get; init; }
}
