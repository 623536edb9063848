using System.Text.Json.Nodes;

namespace Gateway.ControlPlane;

/// <summary>Why a write or a read was refused: an expected outcome, rendered by the Admin API.</summary>
/// <param name="Fields">What is wrong by field, in Kong's shape; null where no field is to blame.</param>
public sealed record ConfigurationError(ErrorCode Code, string Message, JsonObject? Fields = null)
{
    public static ConfigurationError NotFound() => new(ErrorCode.NotFound, "Not found");
}
