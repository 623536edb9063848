using System.Net;
using System.Threading.RateLimiting;
using Gateway.Tunnel.Hosting;

namespace Gateway.Tunnel.Enrollment;

/// <summary>How many certificates are asked for in a time: each costs a signature and a write to the database.</summary>
internal sealed class IssuanceLimits : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _enrollments = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(source => RateLimitPartition.GetTokenBucketLimiter(HandshakeGate.Network(source), static _ => Bucket(20, 1))),
        PartitionedRateLimiter.Create<IPAddress, bool>(static _ => RateLimitPartition.GetTokenBucketLimiter(true, static _ => Bucket(200, 20))));

    /// <summary>A site may have hundreds of instances, whose certificates end together.</summary>
    private readonly PartitionedRateLimiter<string> _renewals = PartitionedRateLimiter.Create<string, string>(
        static site => RateLimitPartition.GetTokenBucketLimiter(site, static _ => Bucket(100, 5)));

    public bool MayEnroll(IPAddress source)
    {
        using var lease = _enrollments.AttemptAcquire(source);
        return lease.IsAcquired;
    }

    public bool MayRenew(string site)
    {
        using var lease = _renewals.AttemptAcquire(site);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _enrollments.Dispose();
        _renewals.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) =>
        new() { TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 };
}
