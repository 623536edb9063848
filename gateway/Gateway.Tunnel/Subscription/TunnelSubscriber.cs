using System.Net;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Subscription;

/// <summary>Applies what the cache holds, then keeps a stream to one of the control planes for as long as the process lives.</summary>
internal sealed class TunnelSubscriber(
    CertificateFiles certificates,
    ConfigurationApplier applier,
    AuthorityUpdates authorities,
    SubscriptionState state,
    ProcessInstance instance,
    TunnelClientOptions options,
    TimeProvider time,
    ILogger<TunnelSubscriber> logger,
    IHealthReporter? health = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await applier.RestoreAsync(stoppingToken);
        var backOff = new BackOff(options.InitialBackOff, options.MaximumBackOff);
        var addresses = Shuffled(options.ControlPlanes);
        for (var attempt = 0; ; attempt++)
        {
            var address = addresses[attempt % addresses.Length];
            var outcome = await ConnectAsync(address, stoppingToken);
            state.Set(status => status with { Connected = false, LastError = outcome.Problem });
            if (outcome.WasWelcomed)
            {
                backOff.Reset();
            }

            var delay = outcome.RetryWithin is { } within && addresses.Length > 1 ? BackOff.Within(within) : backOff.Next();
            SubscriptionLog.Lost(logger, $"{address.Host}:{address.Port}", outcome.Problem, delay);
            await PauseAsync(delay, stoppingToken);
        }
    }

    /// <summary>Ends early where our certificates become others: what was refused may be accepted now.</summary>
    private async Task PauseAsync(TimeSpan delay, CancellationToken stoppingToken)
    {
        using var changed = new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, changed.Token);
        void OnChanged(object? sender, EventArgs e) => changed.Cancel();
        certificates.Changed += OnChanged;
        try
        {
            await Task.Delay(delay, time, linked.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // They did.
        }
        finally
        {
            certificates.Changed -= OnChanged;
        }
    }

    private async Task<StreamOutcome> ConnectAsync(DnsEndPoint address, CancellationToken stoppingToken)
    {
        using var channel = new TunnelChannel(address, options.ServerName ?? address.Host, certificates.Current, options.Proxy, options.ConnectTimeout, time);
        using var renewal = new ConnectionRenewal(certificates, channel, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, renewal.Token);
        using var stream = new SubscriberStream(channel, applier, authorities, state, instance, options, time, logger, health);
        try
        {
            return await stream.RunAsync(linked.Token);
        }
        catch (OperationCanceledException) when (renewal.Reason is { } reason && !stoppingToken.IsCancellationRequested)
        {
            SubscriptionLog.PlannedReconnect(logger, reason);
            return new StreamOutcome(WasWelcomed: true, reason);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it is: a data plane serves on and tries again.
            SubscriptionLog.StreamFailed(logger, error);
            return new StreamOutcome(WasWelcomed: false, $"the stream failed ({error.GetType().Name})");
        }
    }

    private static DnsEndPoint[] Shuffled(IReadOnlyList<DnsEndPoint> addresses)
    {
        // So that many data planes spread over the control planes.
        var shuffled = addresses.ToArray();
        Random.Shared.Shuffle(shuffled);
        return shuffled;
    }
}
