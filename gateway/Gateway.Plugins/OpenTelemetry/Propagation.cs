using Gateway.Model.Plugins.OpenTelemetry;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>How a trace comes in, who decides whether it is recorded, and how it goes on.</summary>
internal sealed class Propagation
{
    // Kong's tracing_sampling_rate.
    private const double DefaultRate = 0.01;

    private readonly bool _decides;
    private readonly double _rate;
    private readonly TraceFormat[] _extract;
    private readonly string[] _inject;
    private readonly string[] _clear;
    private readonly TraceFormat _default;

    public Propagation(OpenTelemetryConfig config)
    {
        _rate = config.SamplingRate ?? DefaultRate;
        _decides = config.SamplingStrategy == "parent_probability_fallback";
        _extract = config.Propagation.Extract is { } formats ? [.. formats.Select(FormatOf)] : config.HeaderType == "ignore" ? [] : [TraceFormat.W3C, TraceFormat.B3];
        _inject = config.Propagation.Inject is { } targets ? [.. targets] : config.HeaderType is "ignore" or "preserve" ? ["preserve"] : ["preserve", config.HeaderType];
        _clear = [.. config.Propagation.Clear ?? []];
        _default = FormatOf(config.Propagation.DefaultFormat);
    }

    public RequestTrace Begin(IHeaderDictionary headers)
    {
        var parent = Extract(headers);
        var trace = parent is { } known ? known with { Span = NewId() } : new TraceContext(NewId(), NewId(), NewId(), IsSampled: null, TraceFormat.None);
        return new RequestTrace(trace, parent?.Span ?? 0, NewId(), IsSampled(trace));
    }

    public void Inject(IHeaderDictionary headers, RequestTrace request)
    {
        foreach (var name in _clear)
        {
            headers.Remove(name);
        }

        foreach (var target in _inject)
        {
            var format = target == "preserve" ? request.Trace.Format is TraceFormat.None ? _default : request.Trace.Format : FormatOf(target);
            TraceHeaders.Write(headers, format, request.Trace with { Span = request.Upstream }, request.Trace.Span, request.IsSampled);
        }
    }

    private TraceContext? Extract(IHeaderDictionary headers)
    {
        foreach (var format in _extract)
        {
            if ((format == TraceFormat.W3C ? TraceHeaders.ReadW3C(headers) : TraceHeaders.ReadB3(headers)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // By the trace's id, so that whoever has the same rate decides the same.
    private bool IsSampled(TraceContext trace) => trace.IsSampled switch
    {
        false => false,
        true when _decides => true,
        _ => _rate >= 1 || trace.Low < _rate * ulong.MaxValue,
    };

    private static TraceFormat FormatOf(string name) => name switch { "b3" => TraceFormat.B3, "b3-single" => TraceFormat.B3Single, _ => TraceFormat.W3C };

    // No secret: nobody is let in by it.
    private static ulong NewId()
    {
#pragma warning disable CA5394
        return (ulong)Random.Shared.NextInt64(1, long.MaxValue);
#pragma warning restore CA5394
    }
}
