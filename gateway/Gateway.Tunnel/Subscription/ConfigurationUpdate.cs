using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Subscription;

/// <summary>A step to a revision.</summary>
/// <param name="IsSnapshot">True where <paramref name="Changes"/> are all there is; false where they are relative to what was applied last.</param>
public sealed record ConfigurationUpdate(long Revision, bool IsSnapshot, IReadOnlyList<EntityChange> Changes);
