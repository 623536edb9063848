using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.CorrelationId;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.CorrelationId;

/// <summary>Kong's <c>correlation-id</c>: every request carries an id upstream, the client's own if it sent one, and back if wanted.</summary>
internal sealed class CorrelationIdPlugin : PluginInstance
{
    private readonly CorrelationIdConfig _config;
    private readonly ProcessCounter _counter;
    private readonly TimeProvider _time;

    public CorrelationIdPlugin(CorrelationIdConfig config, ProcessCounter counter, TimeProvider time)
        : base(new PluginPhases { Access = PhaseMode.Inline, Response = config.EchoDownstream ? PhaseMode.Inline : PhaseMode.Absent })
    {
        _config = config;
        _counter = counter;
        _time = time;
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var headers = context.Http.Request.Headers;
        if (string.IsNullOrEmpty(headers[_config.HeaderName]))
        {
            headers[_config.HeaderName] = Generate(context.Http);
        }

        return default;
    }

    public override ValueTask ResponseAsync(RequestContext context)
    {
        // A request that matched no route had no access phase.
        var id = context.Http.Request.Headers[_config.HeaderName];
        context.Http.Response.Headers[_config.HeaderName] = string.IsNullOrEmpty(id) ? Generate(context.Http) : id;
        return ValueTask.CompletedTask;
    }

    private string Generate(HttpContext http) => _config.Generator switch
    {
        "uuid" => Guid.NewGuid().ToString(),
        "tracker" => Track(http),
        _ => _counter.Next(),
    };

    // Kong's: address, port, process, connection, request on that connection, time.
    private string Track(HttpContext http)
    {
        var connection = http.Connection;
        var separator = http.TraceIdentifier.LastIndexOf(':');
        var request = separator >= 0 && int.TryParse(
            http.TraceIdentifier.AsSpan(separator + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : 1;
        var seconds = _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{connection.LocalIpAddress}-{connection.LocalPort}-{Environment.ProcessId}-{connection.Id}-{request}-{seconds:0.000}");
    }
}
