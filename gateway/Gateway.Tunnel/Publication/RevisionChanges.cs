using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication;

/// <summary>What one committed transaction changed.</summary>
/// <param name="TouchesLimited">
/// Whether an entity that it changed or deleted was, or is, limited to sites by its own tags (<see cref="SiteSelector"/>).
/// </param>
public sealed record RevisionChanges(long Revision, IReadOnlyList<EntityChange> Changes, bool TouchesLimited);
