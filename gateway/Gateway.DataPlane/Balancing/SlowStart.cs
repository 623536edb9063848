using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Balancing;

/// <summary>
/// Lets a peer that became healthy again warm up: from a tenth of its share to all of it over <see cref="DataPlaneOptions.UpstreamSlowStart"/>. By sending back
/// draws, so that it is the same for every algorithm and costs peers that are not starting one comparison.
/// </summary>
internal sealed class SlowStart(IOptions<DataPlaneOptions> options, TimeProvider time)
{
    private const double LeastShare = 0.1;

    private readonly TimeSpan _window = options.Value.UpstreamSlowStart;

    /// <summary>True where the request should go to another peer.</summary>
    public bool SendsBack(PeerHealth health)
    {
        var since = health.ChangedAt;
        if (since == 0 || _window <= TimeSpan.Zero)
        {
            return false;
        }

        var elapsed = time.GetElapsedTime(since);
        return elapsed < _window && Random.Shared.NextDouble() >= Math.Max(LeastShare, elapsed / _window);
    }
}
