using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>A body, or the answer that refuses it.</summary>
/// <param name="IsForm">True where every value is text whose type only the schema knows.</param>
internal sealed record BodyResult(JsonObject? Value, bool IsForm = false, AdminResponse? Refusal = null);
