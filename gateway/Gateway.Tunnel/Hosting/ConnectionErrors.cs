using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Net;

namespace Gateway.Tunnel.Hosting;

/// <summary>
/// Counts connections that the server itself ended for what came over them. It tells that nobody but its own metric `kestrel.connection.duration`, by `error.type`
/// (docs: ASP.NET Core metrics).
/// </summary>
internal sealed class ConnectionErrors : IDisposable
{
    private static readonly FrozenSet<string> Misframed = FrozenSet.Create(
        StringComparer.Ordinal,
        "closed_critical_stream",
        "error_reading_headers",
        "flow_control_queue_size_exceeded",
        "flow_control_window_exceeded",
        "frame_after_stream_close",
        "invalid_data_padding",
        "invalid_frame_length",
        "invalid_handshake",
        "invalid_http_version",
        "invalid_request_headers",
        "invalid_request_line",
        "invalid_settings",
        "invalid_stream_id",
        "invalid_window_update_size",
        "max_frame_length_exceeded",
        "max_request_header_count_exceeded",
        "max_request_headers_total_size_exceeded",
        "missing_stream_end",
        "output_queue_size_exceeded",
        "stream_creation_error",
        "stream_reset_limit_exceeded",
        "stream_self_dependency",
        "unexpected_frame",
        "unknown_stream");

    private readonly MeterListener _listener = new();
    private readonly TunnelMetrics _metrics;

    /// <summary>The process has other listeners, whose errors are not the tunnels'.</summary>
    private readonly ConcurrentDictionary<int, bool> _ports = new();

    public ConnectionErrors(TunnelMetrics metrics, IMeterFactory meters)
    {
        _metrics = metrics;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "kestrel.connection.duration", Meter.Name: "Microsoft.AspNetCore.Server.Kestrel" } && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Ended(tags));
        _listener.Start();
    }

    /// <summary>What ends on this port from now on is a tunnel's.</summary>
    public void Watch(EndPoint? local)
    {
        if (local is IPEndPoint { Port: var port })
        {
            _ports.TryAdd(port, true);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Ended(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? error = null;
        var ours = false;
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "error.type":
                    error = value as string;
                    break;
                case "server.port":
                    ours = value is int port && _ports.ContainsKey(port);
                    break;
            }
        }

        if (ours && error is not null && Misframed.Contains(error))
        {
            _metrics.Refused(RefusalReasons.Frames);
        }
    }
}
