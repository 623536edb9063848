using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>What a client wrote of an entity.</summary>
/// <param name="IsForm">True where every value is text whose type only the schema knows.</param>
internal sealed record EntityInput(JsonObject Fields, bool IsForm);
