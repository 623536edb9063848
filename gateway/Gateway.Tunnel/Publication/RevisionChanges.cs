using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication;

/// <summary>What one committed transaction changed.</summary>
public sealed record RevisionChanges(long Revision, IReadOnlyList<EntityChange> Changes);
