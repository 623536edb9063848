namespace Gateway.DataPlane.Balancing;

/// <summary>An upstream's <c>algorithm</c>.</summary>
internal enum BalancingAlgorithm
{
    RoundRobin,
    LeastConnections,
    ConsistentHashing,
    Latency,
}
