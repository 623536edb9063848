namespace Gateway.Tunnel.Publication;

/// <summary>A channel's pointer to the revision that sites on it should run.</summary>
/// <param name="Channel"><see cref="StableChannel"/>, or the name of an open stage.</param>
/// <param name="Revision">0 where nothing was ever written.</param>
/// <param name="SiteLabels">Which sites follow this channel: those with all of these labels. Empty for the stable channel, which the others follow.</param>
public sealed record Release(string Channel, long Revision, IReadOnlyDictionary<string, string> SiteLabels)
{
    public const string StableChannel = "stable";

    /// <summary>The one stage that the control plane opens.</summary>
    public const string StageChannel = "stage";

    /// <summary>Whether a site with these labels follows this channel rather than the stable one.</summary>
    public bool Selects(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (label, value) in SiteLabels)
        {
            if (!labels.TryGetValue(label, out var actual) || actual != value)
            {
                return false;
            }
        }

        // A stage without labels would take every site from the stable channel.
        return SiteLabels.Count > 0;
    }
}
