namespace Gateway.Tunnel.Publication.Source;

/// <summary>A release with everything that is in it.</summary>
internal sealed record PublishedChannel(Release Release, RevisionContent Content);
