using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Health;

/// <summary>
/// Keeps watch over the upstreams that services use: sends their active checks, tries again what only traffic could heal, and resolves targets' names before the
/// first request needs them. One loop; probes run beside it.
/// </summary>
internal sealed class HealthChecks(
    ConfigurationStore configurations,
    UpstreamBalancer balancer,
    BalancingEvents events,
    IOptions<DataPlaneOptions> options,
    TimeProvider time,
    ILogger<HealthChecks> logger) : BackgroundService
{
    /// <summary>Kong's resolution too. An interval is kept to this.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<Guid, UpstreamChecks> _checks = [];
    private RuntimeConfiguration? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Follow(configurations.Current);
                foreach (var check in _checks.Values)
                {
                    check.Tick(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            foreach (var check in _checks.Values)
            {
                check.Dispose();
            }
        }
    }

    private void Follow(RuntimeConfiguration configuration)
    {
        if (ReferenceEquals(configuration, _seen))
        {
            return;
        }

        // Most changes touch none of these.
        var unchanged = _seen is not null && ReferenceEquals(_seen.Services, configuration.Services) && ReferenceEquals(_seen.Upstreams, configuration.Upstreams)
            && ReferenceEquals(_seen.Certificates, configuration.Certificates);
        _seen = configuration;
        if (unchanged)
        {
            return;
        }

        var used = UpstreamsInUse.Of(configuration);
        foreach (var (id, check) in _checks.ToList())
        {
            if (!used.TryGetValue(id, out var model) || !ReferenceEquals(model, check.Upstream) || !ReferenceEquals(PresentedBy(model, configuration), check.Presented))
            {
                check.Dispose();
                _checks.Remove(id);
            }
        }

        foreach (var (id, model) in used)
        {
            if (!_checks.ContainsKey(id))
            {
                _checks.Add(id, new UpstreamChecks(model, PresentedBy(model, configuration), balancer, events, options.Value.UpstreamRetryUnhealthyAfter, time, logger));
            }
        }
    }

    private static CertificateModel? PresentedBy(UpstreamModel upstream, RuntimeConfiguration configuration) =>
        upstream.Entity.ClientCertificate is { } certificate ? configuration.Certificates.Certificates[certificate.Id] : null;
}
