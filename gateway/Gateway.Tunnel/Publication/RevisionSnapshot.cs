using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication;

/// <summary>All entities of one revision.</summary>
/// <param name="Entities">In no particular order; <see cref="EntityChange.Canonical"/> is never null here.</param>
public sealed record RevisionSnapshot(long Revision, IReadOnlyList<EntityChange> Entities);
