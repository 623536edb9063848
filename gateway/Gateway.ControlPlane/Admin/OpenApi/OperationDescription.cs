using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary>What the OpenAPI document says of an operation beyond its path and method.</summary>
/// <param name="Summary">One line, without a full stop.</param>
internal sealed record OperationDescription(string Summary)
{
    /// <summary>Parameters of the query.</summary>
    public IReadOnlyList<FieldSchema> Query { get; init; } = [];

    /// <summary>The JSON Schema of the body; null for none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Whether the body may be missing.</summary>
    public bool BodyOptional { get; init; }

    /// <summary>The body's media types.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = ["application/json", "application/x-www-form-urlencoded"];

    /// <summary>A body that works.</summary>
    public JsonNode? Example { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The JSON Schema of the answer; null for no content.</summary>
    public JsonObject? Answer { get; init; }

    /// <summary>Other statuses with the same answer, and those with none (304).</summary>
    public IReadOnlyList<int> OtherStatuses { get; init; } = [];

    /// <summary>Statuses of expected refusals, with the form of errors.</summary>
    public IReadOnlyList<int> Errors { get; init; } = [];

    /// <summary>Whether the operation honours <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    public bool HasVersions { get; init; }
}
