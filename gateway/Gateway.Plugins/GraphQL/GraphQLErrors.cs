using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.GraphQL;

/// <summary>Answers that GraphQL clients and Kong's alike understand: <c>errors</c> for the former, <c>message</c> for the latter.</summary>
internal static class GraphQLErrors
{
    /// <param name="code">For programs, in <c>extensions.code</c>; upper case with underscores, as GraphQL servers have it.</param>
    public static GatewayResponse Answer(int status, string message, string code, params IReadOnlyList<KeyValuePair<string, StringValues>> headers) => new(status)
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["message"] = message,
            ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["extensions"] = new JsonObject { ["code"] = code } }),
        }),
        ContentType = "application/json; charset=utf-8",
        Headers = headers,
    };

    /// <summary>What such an answer says, for someone who is no client.</summary>
    public static string MessageOf(GatewayResponse answer) => (string)JsonNode.Parse(answer.Body.Span)!["message"]!;
}
