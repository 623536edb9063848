using System.Buffers;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Gateway.Plugins.GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.Plugins.Degraphql;

/// <summary>Kong's <c>degraphql</c>: turns requests for paths into queries. The service is the REST API then; its GraphQL endpoint cannot be reached through it.</summary>
/// <param name="serverPath">Of the GraphQL server, below the service's path.</param>
/// <param name="routes">The first that matches counts.</param>
internal sealed class DegraphqlPlugin(string serverPath, QueryRoute[] routes)
    : PluginInstance(new PluginPhases { Access = Array.Exists(routes, route => route.TakesBody) ? PhaseMode.Offloaded : PhaseMode.Inline })
{
    private const string Json = "application/json";

    private static readonly GatewayResponse NotFound = GatewayResponse.Error(StatusCodes.Status404NotFound, "Not Found");
    private static readonly GatewayResponse TooLong = GraphQLErrors.Answer(StatusCodes.Status413PayloadTooLarge, "The request body is too large", "BAD_REQUEST");
    private static readonly GatewayResponse NoObject = GraphQLErrors.Answer(StatusCodes.Status400BadRequest, "The request body must be a JSON object", "BAD_USER_INPUT");

    // Of the client's request, and not of the query that is made of it.
    private static readonly string[] NotPassed =
    [
        "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5", "Digest", "Expect", "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
    ];

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var request = context.Http.Request;
        var path = context.PathBehindRoute;
        foreach (var route in routes)
        {
            if (route.Serves(request.Method) && route.Template.TryMatch(path.Span, out var values))
            {
                return route.TakesBody && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
                    ? AskWithBodyAsync(context, route, values)
                    : new(Ask(context, route, values, body: default));
            }
        }

        return new(NotFound);
    }

    private async ValueTask<GatewayResponse?> AskWithBodyAsync(RequestContext context, QueryRoute route, string[] values)
    {
        if (await BufferedBody.ReadAsync(context.Http) is not { } body)
        {
            return TooLong;
        }

        if (body.IsEmpty)
        {
            return Ask(context, route, values, body: default);
        }

        try
        {
            return IsJson(context.Http.Request) && JsonElement.Parse(body.Span) is { ValueKind: JsonValueKind.Object } members
                ? Ask(context, route, values, members)
                : NoObject;
        }
        catch (JsonException)
        {
            return NoObject;
        }
    }

    private GatewayResponse? Ask(RequestContext context, QueryRoute route, string[] values, JsonElement body)
    {
        var request = context.Http.Request;
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written))
        {
            if (route.Write(json, values, request.Query, body) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var name in NotPassed)
        {
            request.Headers.Remove(name);
        }

        request.Headers.ContentType = Json;
        request.Headers.Accept = Json;
        request.QueryString = QueryString.Empty;
        BufferedBody.Replace(context.Http, written.WrittenSpan.ToArray());
        context.Upstream.Method = HttpMethods.Post;
        context.Upstream.Path = context.Service?.Path is { Length: > 1 } prefix ? prefix.TrimEnd('/') + serverPath : serverPath;
        return null;
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
}
