namespace Gateway.Plugins.Redis;

/// <summary>A value read from Redis; null where the key has none.</summary>
internal sealed record RedisBytes(ReadOnlyMemory<byte>? Value);
