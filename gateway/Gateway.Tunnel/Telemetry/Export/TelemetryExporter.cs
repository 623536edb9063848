using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Telemetry.Otlp;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Telemetry.Export;

/// <summary>
/// Sends a data plane's cumulative counters at each interval, and once more at a graceful stop. An export that fails loses nothing: the next one says the
/// same and more. After an error that the server may get over, the next one comes before the interval is over, and goes to the next endpoint.
/// </summary>
internal sealed class TelemetryExporter(
    IMetricSource source,
    CertificateFiles certificates,
    ProcessInstance instance,
    TunnelClientOptions options,
    TimeProvider time,
    ILogger<TelemetryExporter> logger) : BackgroundService
{
    /// <summary>Keeps a request well below 4 MiB, which many collectors take at most.</summary>
    private const int PointsPerRequest = 2000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstFlush = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushRetry = TimeSpan.FromMilliseconds(200);

    private readonly BackOff _backOff = new(options.InitialBackOff, options.TelemetryInterval);
    private TunnelChannel? _channel;
    private int _endpoint;
    private DateTimeOffset _lastTime;
    private bool? _works;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(options.TelemetryFlushTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // A connection may be dead without saying so, and nobody but us can find that out before the process is gone: short attempts first.
            var limit = FirstFlush;
            while (await ExportAsync(limit, linked.Token) is { } failure)
            {
                limit *= 2;

                // What one server refuses another may take.
                if (!failure.IsRetryable && options.TelemetryEndpoints.Count == 1)
                {
                    TelemetryLog.FlushFailed(logger, options.TelemetryFlushTimeout);
                    return;
                }

                await Task.Delay(failure.Delay ?? FlushRetry, time, linked.Token);
            }
        }
        catch (OperationCanceledException)
        {
            TelemetryLog.FlushFailed(logger, options.TelemetryFlushTimeout);
        }
    }

    public override void Dispose()
    {
        _channel?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Shifted, so that data planes that were started together do not export together.
        await Task.Delay(BackOff.Within(options.TelemetryInterval), time, stoppingToken);
        while (true)
        {
            var began = time.GetTimestamp();
            var failure = await ExportAsync(CallTimeout, stoppingToken);
            var wait = failure switch
            {
                { Delay: { } asked } => asked,
                { IsRetryable: true } => _backOff.Next(),
                _ => options.TelemetryInterval - time.GetElapsedTime(began),
            };
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stoppingToken);
        }
    }

    /// <summary>Null where all was taken over.</summary>
    /// <param name="limit">For each call.</param>
    private async Task<ExportFailure?> ExportAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var channel = Channel();
        try
        {
            var points = new List<MetricPoint>();
            var now = Time();
            source.Collect(points);
            if (points.Count == 0)
            {
                return null;
            }

            var client = new MetricsService.MetricsServiceClient(channel.Channel);
            foreach (var batch in points.Chunk(PointsPerRequest))
            {
                var request = MetricsRequest.Of(batch, instance, channel.Material.Identity.Site!, options.GatewayVersion, now);
                var response = await client.ExportAsync(request, deadline: time.GetUtcNow().Add(limit).UtcDateTime, cancellationToken: cancellationToken);
                Consider(response.PartialSuccess, channel);
            }
        }
        catch (RpcException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Failed(channel, channel.Refusal is { } refusal ? $"its certificate is refused: {refusal.Problem}" : error.Status.ToString(), ExportFailure.Of(error));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, such as a source that fails: counting goes on.
            return Failed(channel, error.Message, new ExportFailure(IsRetryable: true, Delay: null));
        }

        _backOff.Reset();
        if (_works != true)
        {
            _works = true;
            TelemetryLog.ExportWorks(logger, Address(channel));
        }

        return null;
    }

    /// <summary>By the specification the rest is taken, and nothing is sent again because of it.</summary>
    private void Consider(ExportMetricsPartialSuccess? partial, TunnelChannel channel)
    {
        if (partial is { RejectedDataPoints: > 0 })
        {
            TelemetryLog.PointsRejected(logger, partial.RejectedDataPoints, partial.ErrorMessage);
        }
        else if (partial is { ErrorMessage.Length: > 0 })
        {
            TelemetryLog.ExportWarning(logger, Address(channel), partial.ErrorMessage);
        }
    }

    private ExportFailure Failed(TunnelChannel channel, string problem, ExportFailure failure)
    {
        if (_works != false)
        {
            _works = false;
            TelemetryLog.ExportFailed(logger, Address(channel), problem);
        }

        // The next attempt goes to the next control plane, over a new connection. One that asked for time has the connection it had.
        if (failure.Delay is null || options.TelemetryEndpoints.Count > 1)
        {
            _endpoint++;
            _channel?.Dispose();
            _channel = null;
        }

        return failure;
    }

    private TunnelChannel Channel()
    {
        var material = certificates.Current;
        if (_channel is not null && !ReferenceEquals(_channel.Material, material))
        {
            _channel.Dispose();
            _channel = null;
        }

        var address = options.TelemetryEndpoints[_endpoint % options.TelemetryEndpoints.Count];
        return _channel ??= new TunnelChannel(address, options.ServerName ?? address.Host, material, options.Proxy, options.ConnectTimeout, time);
    }

    /// <summary>The wall clock, but never back: a point that is not newer than the last one adds nothing.</summary>
    private DateTimeOffset Time()
    {
        var now = time.GetUtcNow();
        return _lastTime = now > _lastTime ? now : _lastTime.AddTicks(1);
    }

    private static string Address(TunnelChannel channel) => $"{channel.Address.Host}:{channel.Address.Port}";
}
