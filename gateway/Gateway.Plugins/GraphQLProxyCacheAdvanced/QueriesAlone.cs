using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Gateway.Plugins.GraphQL;
using Gateway.Plugins.ProxyCache;
using GraphQLParser.AST;

namespace Gateway.Plugins.GraphQLProxyCacheAdvanced;

/// <summary>Mutations and subscriptions always reach the server, and a result with errors is nobody else's.</summary>
internal sealed class QueriesAlone : ICacheFilter
{
    public bool MayAnswer(RequestContext context, ReadOnlyMemory<byte> body)
    {
        var reading = GraphQLReader.Read(context, body);
        foreach (var call in reading.Calls)
        {
            if (GraphQLOperation.Parse(call, out _) is not { Type: OperationType.Query })
            {
                return false;
            }
        }

        return reading.Calls.Count > 0;
    }

    public bool MayKeep(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(body.Span);
            return root.ValueKind switch
            {
                JsonValueKind.Object => IsSuccess(root),
                JsonValueKind.Array => root.EnumerateArray().All(IsSuccess),
                _ => false,
            };
        }
        catch (JsonException)
        {
            // Compressed, or a stream of parts: its errors cannot be seen.
            return false;
        }
    }

    private static bool IsSuccess(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty("data", out _) && !result.TryGetProperty("errors", out _);
}
