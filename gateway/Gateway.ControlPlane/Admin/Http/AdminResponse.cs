using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>What an endpoint answers.</summary>
/// <param name="Body">Null for no content.</param>
/// <param name="Revision">The revision that the request made, null where it made none.</param>
internal sealed record AdminResponse(int Status, JsonNode? Body = null, long? Revision = null)
{
    /// <summary>The entity's version, in quotes; null where the answer is not one entity.</summary>
    public string? ETag { get; init; }

    /// <summary>The revision that the answer is of where it comes from memory, since the database is away; null where it comes from the database.</summary>
    public long? MemoryRevision { get; init; }

    public static AdminResponse Ok(JsonNode body, long? revision = null) => new(StatusCodes.Status200OK, body, revision);

    public static AdminResponse Created(JsonNode body, long? revision = null) => new(StatusCodes.Status201Created, body, revision);

    public static AdminResponse NoContent(long? revision = null) => new(StatusCodes.Status204NoContent, Body: null, revision);

    public static AdminResponse Message(int status, string message) => new(status, new JsonObject { ["message"] = message });

    public static AdminResponse NotFound() => Message(StatusCodes.Status404NotFound, "Not found");

    /// <summary>The error in Kong's shape, under the status that Kong gives it.</summary>
    public static AdminResponse Of(ConfigurationError error) => AdminErrors.Render(error);
}
