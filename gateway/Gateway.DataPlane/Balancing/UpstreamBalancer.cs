using System.Diagnostics;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Balancing;

/// <summary>Picks peers for requests, and learns from how it went: load, latency and passive health checks.</summary>
internal sealed class UpstreamBalancer(TargetResolver resolver, SlowStart slowStart, TimeProvider time, BalancingEvents events)
{
    /// <summary>What a failure counts as at least, in milliseconds: a peer that fails fast must not look fast.</summary>
    private const double FailureLatency = 1000;

    /// <summary>Draws that slow start may send back, so that a request always gets a peer.</summary>
    private const int MaxRedraws = 3;

    /// <summary>What the upstream's requests may go to now. Waits only where nothing of it was ever resolved.</summary>
    public ValueTask<PeerSet> PeersAsync(UpstreamModel upstream)
    {
        var set = upstream.State.Set;
        return set.ResolveAt == long.MaxValue || time.GetTimestamp() < set.ResolveAt ? new(set) : RefreshAsync(upstream.State, set);
    }

    /// <summary>A peer for one attempt, null where none can serve. What is picked is counted as in flight: <see cref="End"/> it.</summary>
    public Peer? Begin(PeerSet peers, in FailedTargets failed, ulong? hash)
    {
        if (!peers.IsAvailable)
        {
            return null;
        }

        var peer = peers.Balancer.Pick(failed, hash);
        if (peer is null)
        {
            return null;
        }

        // A key's peer is its peer, however young.
        for (var i = 0; i < MaxRedraws && hash is null && slowStart.SendsBack(peer.State.Health); i++)
        {
            peer = peers.Balancer.Pick(failed, hash) ?? peer;
        }

        peer.State.Begin();
        return peer;
    }

    /// <summary>An attempt is over, however it ended.</summary>
    /// <param name="started">Timestamp of <see cref="Stopwatch"/>.</param>
    /// <param name="answered">When the response's headers came; 0 where none did.</param>
    /// <param name="status">The upstream's, where it answered.</param>
    public void End(UpstreamModel upstream, Peer peer, TransportOutcome outcome, long started, long answered, int status)
    {
        peer.State.End();
        var failure = FailureOf(outcome);
        if (upstream.Algorithm == BalancingAlgorithm.Latency)
        {
            Observe(peer, failure is not null, started, answered);
        }

        if (!upstream.UsesPassiveChecks)
        {
            return;
        }

        var now = time.GetTimestamp();
        if (failure is { } kind)
        {
            Turned(upstream, peer, peer.State.Health.Fail(kind, upstream.PassiveChecks.LimitOf(kind), now));
        }
        else if (answered != 0)
        {
            Turned(upstream, peer, upstream.PassiveChecks.Report(peer.State.Health, status, now));
        }
    }

    private static void Observe(Peer peer, bool failed, long started, long answered)
    {
        var now = Stopwatch.GetTimestamp();
        if (answered == 0 && !failed)
        {
            return;
        }

        var milliseconds = Stopwatch.GetElapsedTime(started, answered == 0 ? now : answered).TotalMilliseconds;
        peer.State.Latency.Observe(failed ? Math.Max(milliseconds, FailureLatency) : milliseconds, now);
    }

    // What the client did says nothing about the peer.
    private static PeerFailure? FailureOf(TransportOutcome outcome) => outcome switch
    {
        TransportOutcome.ConnectFailed or TransportOutcome.Failed or TransportOutcome.NameNotResolved or TransportOutcome.Interrupted => PeerFailure.Tcp,
        TransportOutcome.ConnectTimedOut or TransportOutcome.TimedOut => PeerFailure.Timeout,
        _ => null,
    };

    private void Turned(UpstreamModel upstream, Peer peer, bool turned)
    {
        if (turned)
        {
            upstream.State.HealthChanged();
            events.Turned(upstream, peer, "traffic");
        }
    }

    private async ValueTask<PeerSet> RefreshAsync(UpstreamState state, PeerSet set)
    {
        var refresh = state.RefreshOnce(() => resolver.RefreshAsync(state));
        if (!set.IsWaiting)
        {
            return set;
        }

        await refresh;
        return state.Set;
    }
}
