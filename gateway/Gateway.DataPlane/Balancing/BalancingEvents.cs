using Gateway.DataPlane.Model;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Balancing;

/// <summary>Tells of peers that turned.</summary>
internal sealed class BalancingEvents(ILogger<BalancingEvents> logger)
{
    /// <param name="cause">What the verdict came from: <c>traffic</c> or <c>probe</c>.</param>
    public void Turned(UpstreamModel upstream, Peer peer, string cause)
    {
        if (peer.State.Health.IsHealthy)
        {
            BalancingLog.Healthy(logger, upstream.Entity.Name, peer.Key.Target, peer.Key.Address, cause);
        }
        else
        {
            BalancingLog.Unhealthy(logger, upstream.Entity.Name, peer.Key.Target, peer.Key.Address, cause);
        }
    }
}
