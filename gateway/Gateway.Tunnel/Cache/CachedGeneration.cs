using Gateway.Tunnel.Entities;

namespace Gateway.Tunnel.Cache;

/// <summary>A generation as it was read, up to its position.</summary>
internal sealed record CachedGeneration(CachePosition Position, string Channel, EntitySet Content);
