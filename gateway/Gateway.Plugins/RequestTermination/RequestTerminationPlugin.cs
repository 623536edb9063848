using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RequestTermination;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Plugins.RequestTermination;

/// <summary>Kong's <c>request-termination</c>: answers in place of the upstream, to every request or to those that carry a trigger.</summary>
internal sealed class RequestTerminationPlugin : PluginInstance
{
    private const string Json = "application/json; charset=utf-8";

    private readonly RequestTerminationConfig _config;
    private readonly string? _message;
    private readonly GatewayResponse _answer;

    public RequestTerminationPlugin(RequestTerminationConfig config)
        : base(new PluginPhases { Access = config.Echo ? PhaseMode.Offloaded : PhaseMode.Inline })
    {
        _config = config;
        _message = config.Message ?? DefaultMessage(config.StatusCode);
        _answer = Answer();
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        if (_config.Trigger is { } trigger && !IsTriggered(context.Http.Request, trigger))
        {
            return default;
        }

        return _config.Echo ? EchoAsync(context) : new(_answer);
    }

    private static bool IsTriggered(HttpRequest request, string trigger)
    {
        if (request.Headers.ContainsKey(trigger))
        {
            return true;
        }

        foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (parameter.DecodeName().Span.Equals(trigger, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private GatewayResponse Answer()
    {
        if (_config.Body is { } body)
        {
            return new GatewayResponse(_config.StatusCode) { Body = Encoding.UTF8.GetBytes(body), ContentType = _config.ContentType ?? Json };
        }

        return _message is null
            ? new GatewayResponse(_config.StatusCode)
            : new GatewayResponse(_config.StatusCode)
            {
                Body = Encoding.UTF8.GetBytes(new JsonObject { ["message"] = _message }.ToJsonString()),
                ContentType = Json,
            };
    }

    private async ValueTask<GatewayResponse?> EchoAsync(RequestContext context)
    {
        var request = context.Http.Request;
        var body = await BufferedBody.ReadAsync(context.Http);
        var query = new JsonObject();
        foreach (var (name, values) in QueryHelpers.ParseQuery(request.QueryString.Value))
        {
            query[name] = values.ToString();
        }

        var headers = new JsonObject();
        foreach (var (name, values) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = values.ToString();
        }

        var echo = new JsonObject
        {
            ["message"] = _message,
            ["request"] = new JsonObject
            {
                ["scheme"] = context.Scheme,
                ["host"] = request.Host.Host,
                ["port"] = context.Http.Connection.LocalPort,
                ["headers"] = headers,
                ["query"] = query,
                ["raw_body"] = body is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes.Span) : null,
                ["method"] = request.Method,
                ["path"] = context.Path.ToString(),
            },
            ["matched_route"] = context.Route is { } route ? new JsonObject { ["id"] = route.Id.ToString(), ["name"] = route.Name } : null,
            ["matched_service"] = context.Service is { } service ? new JsonObject { ["id"] = service.Id.ToString(), ["name"] = service.Name } : null,
        };
        return new GatewayResponse(_config.StatusCode) { Body = JsonSerializer.SerializeToUtf8Bytes(echo), ContentType = Json };
    }

    private static string? DefaultMessage(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status500InternalServerError => "An unexpected error occurred",
        StatusCodes.Status502BadGateway => "Bad Gateway",
        StatusCodes.Status503ServiceUnavailable => "Service unavailable",
        _ => null,
    };
}
