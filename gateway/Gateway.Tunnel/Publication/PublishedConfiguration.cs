using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Publication.Source;

namespace Gateway.Tunnel.Publication;

/// <summary>What this control plane publishes, in memory: there while the store is away.</summary>
public sealed class PublishedConfiguration
{
    private readonly ReleaseFollower _follower;

    internal PublishedConfiguration(ReleaseFollower follower) => _follower = follower;

    /// <summary>The stable release's entities, in their published form; null until the store was read for the first time.</summary>
    public EntitySet? Stable
    {
        get
        {
            foreach (var channel in _follower.State?.Channels ?? [])
            {
                if (channel.Release.Channel == Release.StableChannel)
                {
                    return channel.Content.Entities;
                }
            }

            return null;
        }
    }
}
