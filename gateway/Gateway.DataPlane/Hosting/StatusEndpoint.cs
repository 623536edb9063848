using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Telemetry.Exposition;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Hosting;

/// <summary><c>/status</c>: alive, and what it is doing. <c>/status/ready</c>: whether requests should come here. <c>/metrics</c>: Prometheus.</summary>
internal sealed class StatusEndpoint(ServingState state, ConfigurationStore configurations, IEnumerable<IStatusSection> sections, IEnumerable<IMetricsPage> metrics)
{
    private readonly IStatusSection[] _sections = [.. sections];
    private readonly IMetricsPage[] _metrics = [.. metrics];

    public Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            return AnswerAsync(http, StatusCodes.Status405MethodNotAllowed, static (json, _) => json.WriteString("message", "Method not allowed"));
        }

        return http.Request.Path.Value switch
        {
            "/status" => AnswerAsync(http, StatusCodes.Status200OK, static (json, endpoint) => endpoint.WriteStatus(json)),
            "/status/ready" => AnswerReadyAsync(http),
            "/metrics" => AnswerMetricsAsync(http),
            _ => AnswerAsync(http, StatusCodes.Status404NotFound, static (json, _) => json.WriteString("message", "Not found")),
        };
    }

    private async Task AnswerMetricsAsync(HttpContext http)
    {
        var text = new MetricsText();
        foreach (var page in _metrics)
        {
            page.Write(text);
        }

        var body = Encoding.UTF8.GetBytes(text.ToString());
        http.Response.ContentType = MetricsText.ContentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private Task AnswerReadyAsync(HttpContext http)
    {
        var reason = state.NotReadyBecause;
        return AnswerAsync(
            http,
            reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            (json, _) => json.WriteString("message", reason ?? "ready"));
    }

    private void WriteStatus(Utf8JsonWriter json)
    {
        var configuration = configurations.Current;
        json.WriteStartObject("configuration");
        json.WriteNumber("revision", configuration.Revision);
        json.WriteNumber("services", configuration.Services.Count);
        json.WriteNumber("routes", configuration.Routes.Count);
        json.WriteNumber("consumers", configuration.Consumers.Count);
        json.WriteNumber("plugins", configuration.PluginEntities.Count);
        json.WriteEndObject();
        json.WriteStartObject("server");
        json.WriteNumber("connections_active", state.Connections);
        json.WriteBoolean("draining", state.IsDraining);
        json.WriteEndObject();
        json.WriteStartObject("memory");
        json.WriteNumber("working_set_bytes", Environment.WorkingSet);
        json.WriteNumber("managed_heap_bytes", GC.GetTotalMemory(forceFullCollection: false));
        json.WriteEndObject();
        foreach (var section in _sections)
        {
            json.WritePropertyName(section.Name);
            section.Write(json);
        }
    }

    private async Task AnswerAsync(HttpContext http, int status, Action<Utf8JsonWriter, StatusEndpoint> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json, this);
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
        }
    }
}
