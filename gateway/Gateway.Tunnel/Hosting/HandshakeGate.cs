using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Gateway.Tunnel.Hosting;

/// <summary>
/// Bounds the connections that have not shown who they are: so many at once from one address and from all, a short queue behind them, and the rest is closed.
/// A flood from one address leaves the places of others; connections that are established are not concerned.
/// </summary>
internal sealed class HandshakeGate : IDisposable
{
    /// <summary>One address may be a site's NAT with many data planes behind it.</summary>
    private const int PerSource = 64;
    private const int PerSourceWaiting = 1024;
    private const int Total = 256;
    private const int TotalWaiting = 4096;

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(source => RateLimitPartition.GetConcurrencyLimiter(Network(source), static _ => Bound(PerSource, PerSourceWaiting))),
        PartitionedRateLimiter.Create<IPAddress, bool>(static _ => RateLimitPartition.GetConcurrencyLimiter(true, static _ => Bound(Total, TotalWaiting))));

    /// <summary>A place, to be disposed when the handshake is over; not acquired where there is none, nor one to be had by waiting.</summary>
    public ValueTask<RateLimitLease> EnterAsync(IPAddress source, CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(source, 1, cancellationToken);

    public void Dispose() => _limiter.Dispose();

    /// <summary>A host has an IPv4 address, but a /64 of IPv6 (RFC 7421).</summary>
    internal static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static ConcurrencyLimiterOptions Bound(int places, int waiting) =>
        new() { PermitLimit = places, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
