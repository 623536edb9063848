using BenchmarkDotNet.Attributes;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Model;

namespace Hybrid.MicroBenchmarks;

/// <summary>Choosing a target, by how many there are.</summary>
[MemoryDiagnoser]
public class BalancerBenchmarks
{
    private ILoadBalancer _leastConnections = null!;
    private ILoadBalancer _consistentHashing = null!;
    private ulong _hash;

    [Params(3, 100)]
    public int Targets { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var peers = Enumerable.Range(0, Targets)
            .Select(number => new Peer(new PeerKey($"10.0.0.{number}:80", $"10.0.0.{number}:80"), new TargetModel($"10.0.0.{number}", 80, weight: 100), 100, new PeerState()))
            .ToList();
        _leastConnections = new LeastConnections(peers, new Rotation());
        _consistentHashing = new ConsistentHashing(peers, slots: 10_000, new Rotation());
    }

    [Benchmark]
    public object? LeastConnections() => _leastConnections.Pick(default, hash: null);

    [Benchmark]
    public object? ConsistentHashing() => _consistentHashing.Pick(default, StableHash.Mix(_hash++));
}
