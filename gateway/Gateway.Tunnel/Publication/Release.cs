namespace Gateway.Tunnel.Publication;

/// <summary>A channel's pointer to the revision that sites on it should run.</summary>
/// <param name="Channel"><see cref="StableChannel"/>, or the name of an open stage.</param>
/// <param name="Revision">0 where nothing was ever written.</param>
/// <param name="SiteLabels">Which sites follow this channel: those with all of these labels. Empty for the stable channel, which the others follow.</param>
public sealed record Release(string Channel, long Revision, IReadOnlyDictionary<string, string> SiteLabels)
{
    public const string StableChannel = "stable";
}
