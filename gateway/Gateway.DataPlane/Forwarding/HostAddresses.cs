using System.Net;

namespace Gateway.DataPlane.Forwarding;

/// <summary>A host name's addresses, and which is next.</summary>
internal sealed class HostAddresses(IReadOnlyList<IPAddress> all, long resolvedAt)
{
    private int _next = -1;

    public IReadOnlyList<IPAddress> All { get; } = all;

    /// <summary>Timestamp of the clock that resolved it.</summary>
    public long ResolvedAt { get; } = resolvedAt;

    /// <summary>Index of the address to try first.</summary>
    public int NextStart() => All.Count < 2 ? 0 : (int)((uint)Interlocked.Increment(ref _next) % (uint)All.Count);
}
