namespace Gateway.Tunnel.Cache;

/// <summary>A state within the cache.</summary>
/// <param name="Records">How many records of the generation's log belong to it.</param>
internal sealed record CachePosition(ulong Generation, int Records);
