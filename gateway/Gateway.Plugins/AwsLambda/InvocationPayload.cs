using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.AwsLambda;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.AwsLambda;

/// <summary>What a function is told of a request: its parameters, Kong's members for those that the config forwards, or API Gateway's event.</summary>
internal sealed class InvocationPayload(AwsLambdaConfig config, TimeProvider time)
{
    private readonly bool _forwards = config.ForwardRequestMethod || config.ForwardRequestUri || config.ForwardRequestHeaders || config.ForwardRequestBody;

    /// <summary>Whether the body has to be read.</summary>
    public static bool ReadsBody(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    /// <param name="body">Empty where there is none, or where it is too long.</param>
    public byte[] Create(RequestContext context, ReadOnlyMemory<byte> body)
    {
        var payload = !config.AwsgatewayCompatible ? _forwards ? Forwarded(context, body) : Parameters(context.Http.Request, body)
            : config.AwsgatewayCompatiblePayloadVersion == "2.0" ? Event2(context, body)
            : Event1(context, body);
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(payload);
    }

    private static JsonObject Parameters(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var all = Query(request);
        foreach (var (name, value) in BodyArguments(request, body) ?? [])
        {
            all[name] = value?.DeepClone();
        }

        return all;
    }

    private JsonObject Forwarded(RequestContext context, ReadOnlyMemory<byte> body)
    {
        var request = context.Http.Request;
        var payload = new JsonObject();
        if (config.ForwardRequestMethod)
        {
            payload["request_method"] = request.Method;
        }

        if (config.ForwardRequestHeaders)
        {
            payload["request_headers"] = Headers(request);
        }

        if (config.ForwardRequestUri)
        {
            payload["request_uri"] = context.RawTarget;
            payload["request_uri_args"] = Query(request);
        }

        if (config.ForwardRequestBody)
        {
            payload["request_body_args"] = BodyArguments(request, body) ?? [];
            payload["request_body"] = config.Base64EncodeBody ? Convert.ToBase64String(body.Span) : Encoding.UTF8.GetString(body.Span);
            payload["request_body_base64"] = config.Base64EncodeBody;
        }

        return payload;
    }

    // API Gateway, "Input format of a Lambda function for proxy integration".
    private JsonObject Event1(RequestContext context, ReadOnlyMemory<byte> body)
    {
        var request = context.Http.Request;
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["resource"] = Resource(context),
            ["path"] = context.Path.ToString(),
            ["httpMethod"] = request.Method,
            ["headers"] = Single(request.Headers),
            ["multiValueHeaders"] = Multiple(request.Headers),
            ["queryStringParameters"] = Single(query),
            ["multiValueQueryStringParameters"] = Multiple(query),
            ["pathParameters"] = new JsonObject(),
            ["requestContext"] = new JsonObject
            {
                ["path"] = context.Path.ToString(),
                ["protocol"] = request.Protocol,
                ["httpMethod"] = request.Method,
                ["domainName"] = request.Host.Host,
                ["requestId"] = context.RequestId,
                ["resourcePath"] = Resource(context),
                ["requestTime"] = Time("dd/MMM/yyyy:HH:mm:ss +0000"),
                ["requestTimeEpoch"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
                ["identity"] = new JsonObject { ["sourceIp"] = context.ClientAddress.ToString(), ["userAgent"] = request.Headers.UserAgent.ToString() },
            },
            ["body"] = Body(body),
            ["isBase64Encoded"] = config.Base64EncodeBody,
        };
    }

    // API Gateway, "Lambda integrations for HTTP APIs", payload format 2.0.
    private JsonObject Event2(RequestContext context, ReadOnlyMemory<byte> body)
    {
        var request = context.Http.Request;
        var headers = new JsonObject(request.Headers.Where(static header => !header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            .Select(static header => KeyValuePair.Create(header.Key.ToLowerInvariant(), (JsonNode?)string.Join(',', header.Value.ToArray()))));
        var path = context.Path.ToString();
        return new JsonObject
        {
            ["version"] = "2.0",
            ["routeKey"] = $"{request.Method} {Resource(context)}",
            ["rawPath"] = path,
            ["rawQueryString"] = request.QueryString.HasValue ? request.QueryString.Value![1..] : string.Empty,
            ["cookies"] = new JsonArray([.. request.Headers.Cookie.SelectMany(static field => (field ?? string.Empty).Split("; ", StringSplitOptions.RemoveEmptyEntries)).Select(static cookie => JsonValue.Create(cookie))]),
            ["headers"] = headers,
            ["queryStringParameters"] = new JsonObject(QueryHelpers.ParseQuery(request.QueryString.Value).Select(static one => KeyValuePair.Create(one.Key, (JsonNode?)string.Join(',', one.Value.ToArray())))),
            ["pathParameters"] = new JsonObject(),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = context.RequestId,
                ["routeKey"] = $"{request.Method} {Resource(context)}",
                ["domainName"] = request.Host.Host,
                ["time"] = Time("dd/MMM/yyyy:HH:mm:ss +0000"),
                ["timeEpoch"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
                ["http"] = new JsonObject
                {
                    ["method"] = request.Method,
                    ["path"] = path,
                    ["protocol"] = request.Protocol,
                    ["sourceIp"] = context.ClientAddress.ToString(),
                    ["userAgent"] = request.Headers.UserAgent.ToString(),
                },
            },
            ["body"] = Body(body),
            ["isBase64Encoded"] = config.Base64EncodeBody,
        };
    }

    private static string Resource(RequestContext context) => context.Route?.Paths is [var first, ..] ? first : "/";

    private string Time(string format) => time.GetUtcNow().UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private JsonValue? Body(ReadOnlyMemory<byte> body) =>
        body.IsEmpty ? null : JsonValue.Create(config.Base64EncodeBody ? Convert.ToBase64String(body.Span) : Encoding.UTF8.GetString(body.Span));

    private static JsonObject Headers(HttpRequest request) =>
        new(request.Headers.Select(static header => KeyValuePair.Create(header.Key.ToLowerInvariant(), Value(header.Value))));

    private static JsonObject Query(HttpRequest request) =>
        new(QueryHelpers.ParseQuery(request.QueryString.Value).Select(static one => KeyValuePair.Create(one.Key, Value(one.Value))));

    // An argument without a value is true, as in Kong.
    private static JsonNode? Value(StringValues values) => values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(static value => JsonValue.Create(value))]);

    private static JsonObject Single(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        new(values.Select(static one => KeyValuePair.Create(one.Key, (JsonNode?)JsonValue.Create(one.Value.Count > 0 ? one.Value[^1] : string.Empty))));

    private static JsonObject Multiple(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        new(values.Select(static one => KeyValuePair.Create(one.Key, (JsonNode?)new JsonArray([.. one.Value.Select(static value => JsonValue.Create(value))]))));

    private static JsonObject? BodyArguments(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        var type = request.ContentType ?? string.Empty;
        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return new JsonObject(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span)).Select(static one => KeyValuePair.Create(one.Key, Value(one.Value))));
        }

        return type.Contains("json", StringComparison.OrdinalIgnoreCase) ? JsonBody.Parse(body) : null;
    }
}
