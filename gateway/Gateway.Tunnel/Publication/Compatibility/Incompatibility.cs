using Gateway.Model;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>What an instance can't read of one entity.</summary>
/// <param name="Status">
/// One of the incompatible states: the whole revision is held back and the instance keeps what it has. <see cref="SyncStatus.Normal"/> where it can do without:
/// it was left out, and that is told.
/// </param>
/// <param name="Error">The same for every entity with the same problem: names plugins and fields, not entities.</param>
public sealed record Incompatibility(SyncStatus Status, ModelError Error);
