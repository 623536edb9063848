using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Model;
using Gateway.Model.Entities;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Health;

/// <summary>One upstream's checks, as one publication has them. Ticked by one thread; probes report from others.</summary>
internal sealed class UpstreamChecks : IDisposable
{
    /// <summary>Intervals vary by a tenth either way, so that many data planes do not probe at the same moment.</summary>
    private const double Jitter = 0.1;

    private readonly UpstreamBalancer _balancer;
    private readonly BalancingEvents _events;
    private readonly TimeSpan _retryAfter;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ActiveHealthcheck _active;
    private readonly StatusVerdicts _statuses;
    private readonly HealthProbe? _probe;
    private readonly Dictionary<PeerState, PeerSchedule> _schedules = [];
    private readonly CancellationTokenSource _ended = new();
    private int _running;

    public UpstreamChecks(
        UpstreamModel upstream, CertificateModel? presented, UpstreamBalancer balancer, BalancingEvents events, TimeSpan retryAfter, TimeProvider time, ILogger logger)
    {
        Upstream = upstream;
        Presented = presented;
        _balancer = balancer;
        _events = events;
        _retryAfter = retryAfter;
        _time = time;
        _logger = logger;
        _active = upstream.Entity.Healthchecks.Active;
        _statuses = new StatusVerdicts(_active.Healthy.HttpStatuses, _active.Unhealthy.HttpStatuses);
        _probe = _active.Healthy.Interval > 0 || _active.Unhealthy.Interval > 0 ? new HealthProbe(_active, presented, time) : null;
    }

    public UpstreamModel Upstream { get; }

    /// <summary>The upstream's client certificate; null for none.</summary>
    public CertificateModel? Presented { get; }

    /// <summary>Starts what is due. Never waits.</summary>
    public void Tick(CancellationToken cancellationToken)
    {
        var peers = Upstream.State.Set;
        if (peers.ResolveAt != long.MaxValue && (peers.IsWaiting || _probe is not null))
        {
            Resolve();
        }

        if (!Upstream.UsesHealthChecks)
        {
            return;
        }

        foreach (var peer in peers.Peers)
        {
            if (peer.Weight > 0)
            {
                RetryUnhealthy(peer);
                ProbeWhereDue(peer, cancellationToken);
            }
        }

        if (_schedules.Count > peers.Peers.Count)
        {
            Forget(peers);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _probe?.Dispose();
    }

    private void Resolve()
    {
        var peers = _balancer.PeersAsync(Upstream);
        if (!peers.IsCompletedSuccessfully)
        {
            _ = peers.AsTask();
        }
    }

    // Where probes can heal a peer, they alone do.
    private void RetryUnhealthy(Peer peer)
    {
        var health = peer.State.Health;
        var isHealedByProbes = _active.Unhealthy.Interval > 0 && _active.Healthy.Successes > 0;
        if (health.IsHealthy || isHealedByProbes || _retryAfter <= TimeSpan.Zero || _time.GetElapsedTime(health.ChangedAt) < _retryAfter)
        {
            return;
        }

        if (health.TryOnProbation(_time.GetTimestamp()))
        {
            Turned(peer, "trial");
        }
    }

    private void ProbeWhereDue(Peer peer, CancellationToken cancellationToken)
    {
        var seconds = peer.State.Health.IsHealthy ? _active.Healthy.Interval : _active.Unhealthy.Interval;
        if (_probe is null || seconds <= 0)
        {
            return;
        }

        var now = _time.GetTimestamp();
        if (!_schedules.TryGetValue(peer.State, out var schedule))
        {
            // Somewhere in the first interval, for the same reason as the jitter.
            _schedules.Add(peer.State, schedule = new PeerSchedule { LastStart = now - Ticks(seconds * Random.Shared.NextDouble()) });
        }

        if (schedule.IsRunning || now - schedule.LastStart < Ticks(seconds * schedule.Variation) || Volatile.Read(ref _running) >= _active.Concurrency)
        {
            return;
        }

        schedule.LastStart = now;
        schedule.Variation = 1 - Jitter + (2 * Jitter * Random.Shared.NextDouble());
        schedule.IsRunning = true;
        Interlocked.Increment(ref _running);
        _ = ProbeAsync(peer, schedule, _probe, cancellationToken);
    }

    private async Task ProbeAsync(Peer peer, PeerSchedule schedule, HealthProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, cancellationToken);
            var result = await Task.Run(() => probe.RunAsync(peer.Address, ended.Token), ended.Token);
            if (!ended.IsCancellationRequested)
            {
                Report(peer, result);
            }
        }
        catch (OperationCanceledException)
        {
            // The upstream changed, or the data plane stops: what the probe would have said is of no use.
        }
        catch (Exception failure)
        {
            BalancingLog.CheckFailed(_logger, Upstream.Entity.Name, failure);
        }
        finally
        {
            schedule.IsRunning = false;
            Interlocked.Decrement(ref _running);
        }
    }

    private void Report(Peer peer, ProbeResult result)
    {
        var health = peer.State.Health;
        var now = _time.GetTimestamp();
        var turned = result.Failure switch
        {
            PeerFailure.Tcp => health.Fail(PeerFailure.Tcp, _active.Unhealthy.TcpFailures, now),
            PeerFailure.Timeout => health.Fail(PeerFailure.Timeout, _active.Unhealthy.Timeouts, now),
            PeerFailure.Http => health.Fail(PeerFailure.Http, _active.Unhealthy.HttpFailures, now),
            _ when result.Status == 0 || _statuses.IsHealthy(result.Status) => health.Succeed(_active.Healthy.Successes, now),
            _ => _statuses.IsUnhealthy(result.Status) && health.Fail(PeerFailure.Http, _active.Unhealthy.HttpFailures, now),
        };
        if (turned)
        {
            Turned(peer, "probe");
        }
    }

    private void Turned(Peer peer, string cause)
    {
        Upstream.State.HealthChanged();
        _events.Turned(Upstream, peer, cause);
    }

    private void Forget(PeerSet peers)
    {
        var known = peers.Peers.Select(peer => peer.State).ToHashSet();
        foreach (var state in _schedules.Keys.Where(state => !known.Contains(state)).ToList())
        {
            _schedules.Remove(state);
        }
    }

    private long Ticks(double seconds) => (long)(seconds * _time.TimestampFrequency);
}
