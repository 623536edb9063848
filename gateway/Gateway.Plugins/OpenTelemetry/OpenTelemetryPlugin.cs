using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenTelemetry;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>Kong's <c>opentelemetry</c>: every request takes part in its trace; those that are recorded become spans when they are over.</summary>
internal sealed class OpenTelemetryPlugin : PluginInstance
{
    private readonly Propagation _propagation;
    private readonly string? _header;
    private readonly LogQueue _queue;
    private readonly TimeProvider _time;

    public OpenTelemetryPlugin(OpenTelemetryConfig config, TraceExporter exporter, PluginLogging logging, TimeProvider time)
        : base(new PluginPhases { Access = PhaseMode.Inline, Response = config.HttpResponseHeaderForTraceid is null ? PhaseMode.Absent : PhaseMode.Inline, Log = PhaseMode.Inline })
    {
        _propagation = new Propagation(config);
        _header = config.HttpResponseHeaderForTraceid;
        _time = time;
        _queue = logging.CreateQueue("opentelemetry", config.Queue, exporter.SendAsync, keep: null);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        _propagation.Inject(context.Http.Request.Headers, TraceOf(context));
        return default;
    }

    public override ValueTask ResponseAsync(RequestContext context)
    {
        context.Http.Response.Headers[_header!] = TraceOf(context).Trace.TraceId;
        return ValueTask.CompletedTask;
    }

    public override ValueTask LogAsync(RequestContext context)
    {
        if (TraceOf(context) is { IsSampled: true } request)
        {
            _queue.Add(SpanWriter.Write(context, request, _time.GetUtcNow()));
        }

        return ValueTask.CompletedTask;
    }

    // A request that was answered before this plugin's turn has a part in its trace all the same.
    private RequestTrace TraceOf(RequestContext context)
    {
        if (context.GetItem(this) is RequestTrace known)
        {
            return known;
        }

        var request = _propagation.Begin(context.Http.Request.Headers);
        context.SetItem(this, request);
        return request;
    }
}
