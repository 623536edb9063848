using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Pipeline;

/// <summary>An answer that the gateway gives itself. Immutable, may be shared by requests.</summary>
/// <param name="Status">100 to 599.</param>
public sealed record GatewayResponse(int Status)
{
    /// <summary>
    /// Said in Kong's error form (<c>{"message": …, "request_id": …}</c>), as JSON, HTML, XML or text, whichever the client accepts. Null where <see cref="Body"/> is the answer.
    /// </summary>
    public string? Message { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; init; } = [];

    /// <summary>An error in Kong's form.</summary>
    public static GatewayResponse Error(int status, string message, params IReadOnlyList<KeyValuePair<string, StringValues>> headers) =>
        new(status) { Message = message, Headers = headers };

    internal static readonly GatewayResponse PluginFailed = Error(StatusCodes.Status500InternalServerError, "An unexpected error occurred");
}
