using Gateway.Tunnel.Entities;

namespace Gateway.Tunnel.Subscription;

/// <summary>A whole configuration, verified, from an earlier run.</summary>
/// <param name="Generation">Names it to the store.</param>
internal sealed record StoredConfiguration(ulong Generation, string Channel, EntitySet Content);
