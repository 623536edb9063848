using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>A complete, valid entity, or everything that is wrong with the input.</summary>
/// <param name="Entity">Null where there are errors.</param>
public sealed record NormaliseResult(JsonObject? Entity, IReadOnlyList<ModelError> Errors);
