using System.Text.Json.Nodes;
using Gateway.Model;
using Gateway.Model.Configuration;

namespace Gateway.ControlPlane;

/// <summary>Why a write or a read was refused: an expected outcome, rendered by the Admin API.</summary>
/// <param name="Fields">What is wrong by field, in Kong's shape; null where no field is to blame.</param>
public sealed record ConfigurationError(ErrorCode Code, string Message, JsonObject? Fields = null)
{
    /// <summary>The entity of the input that is to blame, where it is one of several.</summary>
    public EntityKey? Entity { get; init; }

    /// <summary>Every error with its path in the input, for inputs of many entities; empty where the fields say it all.</summary>
    public IReadOnlyList<ModelError> Errors { get; init; } = [];

    /// <summary>One or more fields are wrong.</summary>
    public static ConfigurationError Violation(JsonObject errors) => new(
        ErrorCode.SchemaViolation,
        $"{(errors.Count == 1 ? "schema violation" : $"{errors.Count} schema violations")} ({string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value}"))})",
        errors);

    public static ConfigurationError NotFound() => new(ErrorCode.NotFound, "Not found");
}
