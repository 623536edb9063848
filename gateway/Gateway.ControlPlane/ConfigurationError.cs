using System.Text.Json.Nodes;

namespace Gateway.ControlPlane;

/// <summary>Why a write or a read was refused: an expected outcome, rendered by the Admin API.</summary>
/// <param name="Fields">What is wrong by field, in Kong's shape; null where no field is to blame.</param>
public sealed record ConfigurationError(ErrorCode Code, string Message, JsonObject? Fields = null)
{
    /// <summary>One or more fields are wrong.</summary>
    public static ConfigurationError Violation(JsonObject errors) => new(
        ErrorCode.SchemaViolation,
        $"{(errors.Count == 1 ? "schema violation" : $"{errors.Count} schema violations")} ({string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value}"))})",
        errors);

    public static ConfigurationError NotFound() => new(ErrorCode.NotFound, "Not found");
}
