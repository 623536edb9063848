namespace Gateway.Tunnel.Cache;

/// <summary>The cache, or its key file, cannot be used. The message names the file and never quotes a key or content.</summary>
public sealed class CacheException(string message) : Exception(message);
