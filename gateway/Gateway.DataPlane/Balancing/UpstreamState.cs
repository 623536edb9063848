using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Balancing;

/// <summary>
/// What an upstream is at this moment: its targets' addresses, their load and their health. Stays the same object across publications. Readers take
/// <see cref="Set"/>, one reference; whatever changes (targets, addresses, health) makes the next set under a lock that requests never take, except the one that
/// turned a peer.
/// </summary>
internal sealed class UpstreamState
{
    private readonly Lock _gate = new();
    private readonly Rotation _rotation = new();
    private readonly Dictionary<string, TargetResolution> _resolutions = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<PeerKey, PeerState> _peers = [];
    private UpstreamModel? _model;
    private ConsistentHashing? _ring;
    private IReadOnlyList<Peer> _ringPeers = [];
    private volatile PeerSet _set = PeerSet.Empty;
    private Task? _refresh;

    public PeerSet Set => _set;

    /// <summary>Takes a newly published model. Addresses, load and health of the targets that stay are kept.</summary>
    public void Update(UpstreamModel model)
    {
        lock (_gate)
        {
            if (_model is { UsesHealthChecks: true } && !model.UsesHealthChecks)
            {
                foreach (var state in _peers.Values)
                {
                    state.Health.Reset();
                }
            }

            _model = model;
            var names = model.Targets.Where(target => target.NeedsResolution).Select(target => target.Host).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var gone in _resolutions.Keys.Where(name => !names.Contains(name)).ToList())
            {
                _resolutions.Remove(gone);
            }

            _ring = null;
            Rebuild();
        }
    }

    /// <summary>Takes what a target's name was resolved to.</summary>
    public void Resolved(string name, TargetResolution resolution)
    {
        lock (_gate)
        {
            _resolutions[name] = resolution;
            Rebuild();
        }
    }

    /// <summary>A peer turned: what is left is balanced anew.</summary>
    public void HealthChanged()
    {
        lock (_gate)
        {
            Rebuild();
        }
    }

    /// <summary>The targets' names that want to be resolved at <paramref name="now"/>.</summary>
    public IReadOnlyList<string> NamesToResolve(long now)
    {
        lock (_gate)
        {
            return _model is null
                ? []
                : [.. _model.Targets
                    .Where(target => target.NeedsResolution && !(_resolutions.TryGetValue(target.Host, out var known) && known.RefreshAt > now))
                    .Select(target => target.Host)
                    .Distinct(StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>The refresh that is under way, or the one that <paramref name="start"/> begins: never two at a time.</summary>
    public Task RefreshOnce(Func<Task> start)
    {
        lock (_gate)
        {
            return _refresh is { IsCompleted: false } running ? running : _refresh = start();
        }
    }

    private void Rebuild()
    {
        var model = _model!;
        var peers = new List<Peer>();
        var states = new Dictionary<PeerKey, PeerState>();
        var resolveAt = long.MaxValue;
        var unresolved = 0;
        foreach (var target in model.Targets)
        {
            if (!target.NeedsResolution)
            {
                Add(new PeerKey(target.Authority, target.Authority), target, target.Weight);
                continue;
            }

            if (!_resolutions.TryGetValue(target.Host, out var resolution))
            {
                unresolved++;
                resolveAt = long.MinValue;
                continue;
            }

            resolveAt = Math.Min(resolveAt, resolution.RefreshAt);
            foreach (var address in resolution.Addresses)
            {
                var concrete = target.At(address, model.Entity);
                Add(new PeerKey(target.Authority, concrete.Authority), concrete, concrete.Weight);
            }
        }

        _peers = states;
        var waiting = unresolved > 0 && peers.TrueForAll(static peer => peer.Weight == 0);
        _set = new PeerSet(peers, BalancerOver(model, peers), resolveAt, waiting, IsAvailable(model, peers));

        void Add(PeerKey key, TargetModel address, int weight)
        {
            // Two targets may lead to one address; a name's answer may name one twice.
            if (states.ContainsKey(key))
            {
                return;
            }

            var state = _peers.GetValueOrDefault(key) ?? new PeerState();
            states.Add(key, state);
            peers.Add(new Peer(key, address, weight, state));
        }
    }

    private ILoadBalancer BalancerOver(UpstreamModel model, List<Peer> peers)
    {
        if (model.Algorithm == BalancingAlgorithm.ConsistentHashing)
        {
            // Only who there is and with what weight matters to the ring: health changes often, and the ring is dear.
            if (_ring is null || !SamePeers(_ringPeers, peers))
            {
                _ring = new ConsistentHashing(peers, model.Entity.Slots, _rotation);
                _ringPeers = peers;
            }

            return _ring;
        }

        var healthy = peers.Where(static peer => peer.State.Health.IsHealthy);
        return model.Algorithm switch
        {
            BalancingAlgorithm.LeastConnections => new LeastConnections(healthy, _rotation),
            BalancingAlgorithm.Latency => new LeastLatency(healthy),
            _ => new WeightedRoundRobin(healthy, _rotation),
        };
    }

    private static bool SamePeers(IReadOnlyList<Peer> left, List<Peer> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Key != right[i].Key || left[i].Weight != right[i].Weight || !ReferenceEquals(left[i].State, right[i].State))
            {
                return false;
            }
        }

        return true;
    }

    // As Kong: the percentage of healthy weight must lie above the threshold.
    private static bool IsAvailable(UpstreamModel model, List<Peer> peers)
    {
        long total = 0;
        long healthy = 0;
        foreach (var peer in peers)
        {
            total += peer.Weight;
            healthy += peer.State.Health.IsHealthy ? peer.Weight : 0;
        }

        return total > 0 && healthy * 100.0 / total > model.Entity.Healthchecks.Threshold;
    }
}
