using System.Text;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gateway.Plugins.GraphQL;

/// <summary>
/// Finds out what a request asks of a GraphQL server, after the GraphQL over HTTP specification. What servers could read in another way than this does (two queries in
/// one request, compressed bodies, other media types and methods) is refused, so that nothing passes a plugin by.
/// </summary>
internal static class GraphQLReader
{
    private const string QueryName = "query";
    private const string OperationName = "operationName";
    private const string VariablesName = "variables";

    // Beyond that no limit of ours is of use: the operations alone fill a body.
    private const int MostCalls = 1000;

    private static readonly GraphQLReading NoQuery = GraphQLReading.Refused(StatusCodes.Status400BadRequest, "Must provide query string");
    private static readonly GraphQLReading NotJson = GraphQLReading.Refused(StatusCodes.Status400BadRequest, "The request body is not valid JSON");
    private static readonly GraphQLReading BadVariables = GraphQLReading.Refused(StatusCodes.Status400BadRequest, "'variables' must be an object");
    private static readonly GraphQLReading TwoQueries =
        GraphQLReading.Refused(StatusCodes.Status400BadRequest, "A GraphQL request stands in the body or in the query string, once");

    private static readonly GraphQLReading TooLong = GraphQLReading.Refused(StatusCodes.Status413PayloadTooLarge, "The GraphQL request is too large");
    private static readonly GraphQLReading OtherType = GraphQLReading.Refused(
        StatusCodes.Status415UnsupportedMediaType, "A GraphQL request's Content-Type must be application/json or application/graphql, in UTF-8 and not compressed");

    private static readonly GraphQLReading NoWebSocket = GraphQLReading.Refused(StatusCodes.Status400BadRequest, "GraphQL over WebSocket is not served here");
    private static readonly GraphQLReading OtherMethod = new(
        [], GraphQLErrors.Answer(StatusCodes.Status405MethodNotAllowed, "GraphQL only supports GET and POST requests", "METHOD_NOT_ALLOWED", new KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>("Allow", "GET, POST")));

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Waits for the client's body: for offloaded phases alone.</summary>
    public static async ValueTask<GraphQLReading> ReadAsync(RequestContext context) =>
        ReadHead(context, out var isText) ?? (await BufferedBody.ReadAsync(context.Http) is { } body ? ReadBody(body, isText) : TooLong);

    /// <summary>Of a request whose body was read before.</summary>
    public static GraphQLReading Read(RequestContext context, ReadOnlyMemory<byte> body) => ReadHead(context, out var isText) ?? ReadBody(body, isText);

    // Null where it stands in the body.
    private static GraphQLReading? ReadHead(RequestContext context, out bool isText)
    {
        isText = false;
        var request = context.Http.Request;
        var method = context.Upstream.Method ?? request.Method;
        return request.Headers.Upgrade.Count > 0 ? NoWebSocket
            : HttpMethods.IsPost(method) ? CheckPost(request, out isText)
            : HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? ReadQuery(request.QueryString.Value)
            : HttpMethods.IsOptions(method) ? GraphQLReading.Of()
            : OtherMethod;
    }

    private static GraphQLReading? CheckPost(HttpRequest request, out bool isText)
    {
        isText = false;
        if (NamesQuery(request.QueryString.Value))
        {
            return TwoQueries;
        }

        var encoding = request.Headers.ContentEncoding;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !IsUtf8(type)
            || (encoding.Count > 0 && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return OtherType;
        }

        isText = type.MediaType.Equals("application/graphql", StringComparison.OrdinalIgnoreCase);
        return isText
            || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/graphql+json", StringComparison.OrdinalIgnoreCase)
            ? null
            : OtherType;
    }

    private static GraphQLReading ReadBody(ReadOnlyMemory<byte> body, bool isText) => isText ? ReadText(body) : ReadJson(body);

    private static GraphQLReading ReadJson(ReadOnlyMemory<byte> body)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(body.Span, Strict);
        }
        catch (JsonException)
        {
            return NotJson;
        }

        if (root.ValueKind != JsonValueKind.Array)
        {
            return ReadCall(root, out var single) ?? GraphQLReading.Of(single);
        }

        if (root.GetArrayLength() is 0 or > MostCalls)
        {
            return root.GetArrayLength() == 0 ? NoQuery : TooLong;
        }

        var calls = new List<GraphQLCall>(root.GetArrayLength());
        foreach (var item in root.EnumerateArray())
        {
            if (ReadCall(item, out var call) is { } refused)
            {
                return refused;
            }

            calls.Add(call);
        }

        return new GraphQLReading(calls, Refusal: null);
    }

    private static GraphQLReading ReadText(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? NoQuery : GraphQLReading.Of(new GraphQLCall(StrictUtf8.GetString(body.Span), OperationName: null, default));
        }
        catch (DecoderFallbackException)
        {
            return OtherType;
        }
    }

    private static GraphQLReading ReadQuery(string? query)
    {
        string? document = null;
        string? operation = null;
        string? variables = null;
        foreach (var parameter in new QueryStringEnumerable(query))
        {
            var name = parameter.DecodeName().Span;
            ref var found = ref document;
            if (name is OperationName)
            {
                found = ref operation;
            }
            else if (name is VariablesName)
            {
                found = ref variables;
            }
            else if (name is not QueryName)
            {
                continue;
            }

            if (found is not null)
            {
                return TwoQueries;
            }

            found = parameter.DecodeValue().ToString();
        }

        if (string.IsNullOrEmpty(document))
        {
            return NoQuery;
        }

        JsonElement values = default;
        try
        {
            values = string.IsNullOrEmpty(variables) ? default : JsonElement.Parse(variables, Strict);
        }
        catch (JsonException)
        {
            return BadVariables;
        }

        return values.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object
            ? GraphQLReading.Of(new GraphQLCall(document, string.IsNullOrEmpty(operation) ? null : operation, values))
            : BadVariables;
    }

    // Servers that look into the query string of a POST first would run another query than the body's.
    private static bool NamesQuery(string? query)
    {
        foreach (var parameter in new QueryStringEnumerable(query))
        {
            if (parameter.DecodeName().Span is QueryName or OperationName or VariablesName or "extensions")
            {
                return true;
            }
        }

        return false;
    }

    // Null where it could be read.
    private static GraphQLReading? ReadCall(JsonElement item, out GraphQLCall call)
    {
        call = default;
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(QueryName, out var query) || query.ValueKind != JsonValueKind.String)
        {
            return NoQuery;
        }

        var hasOperation = item.TryGetProperty(OperationName, out var operation) && operation.ValueKind != JsonValueKind.Null;
        if (hasOperation && operation.ValueKind != JsonValueKind.String)
        {
            return GraphQLReading.Refused(StatusCodes.Status400BadRequest, "'operationName' must be a string");
        }

        if (item.TryGetProperty(VariablesName, out var variables) && variables.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            return BadVariables;
        }

        var name = hasOperation ? operation.GetString() : null;
        call = new GraphQLCall(query.GetString()!, string.IsNullOrEmpty(name) ? null : name, variables);
        return null;
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) => !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
