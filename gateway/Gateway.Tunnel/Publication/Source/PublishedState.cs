using System.Collections.Immutable;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>What the store said when it was last read. Immutable.</summary>
/// <param name="Reading">The number of the reading, counted as they begin: a higher one is newer, whatever its revisions.</param>
/// <param name="Recent">The latest revisions that were read, beside those that channels point to.</param>
internal sealed record PublishedState(long Reading, ImmutableArray<PublishedChannel> Channels, RevisionHistory History, RecentContents Recent)
{
    /// <summary>The open stage whose labels the site has (the first by name where there are several), else the stable channel.</summary>
    public PublishedChannel ChannelOf(Site site)
    {
        PublishedChannel? chosen = null;
        foreach (var channel in Channels)
        {
            var isStable = channel.Release.Channel == Release.StableChannel;
            if (isStable ? chosen is null : channel.Release.Selects(site.Labels))
            {
                if (chosen is null || chosen.Release.Channel == Release.StableChannel
                    || string.CompareOrdinal(channel.Release.Channel, chosen.Release.Channel) < 0)
                {
                    chosen = channel;
                }
            }
        }

        return chosen ?? throw new InvalidOperationException("the store has no stable channel");
    }
}
