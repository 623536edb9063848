using Gateway.Plugins.Redis;

namespace Gateway.Plugins.ProxyCache;

/// <summary>Responses that all data planes share in Redis.</summary>
internal sealed class RedisResponses(RedisConnection redis) : IResponseStore
{
    /// <summary>Bytes on their way to Redis; beyond that responses are not kept rather than queued.</summary>
    private const long MaxPending = 32 * 1024 * 1024;
    private const string Prefix = "gateway:proxy-cache:";

    private long _pending;

    public async ValueTask<StoredResponse> FindAsync(string key)
    {
        if (await redis.GetAsync(Prefix + key) is not { } found)
        {
            return new StoredResponse(null, IsAway: true);
        }

        return new StoredResponse(found.Value is { } bytes ? CachedResponseFormat.Read(bytes) : null, IsAway: false);
    }

    public void Keep(string key, CachedResponse response, TimeSpan lifetime)
    {
        var size = response.Size;
        if (Interlocked.Add(ref _pending, size) > MaxPending)
        {
            Interlocked.Add(ref _pending, -size);
            return;
        }

        // Nobody waits for it: the link counts and logs what fails.
        _ = SendAsync(key, response, lifetime, size);
    }

    private async Task SendAsync(string key, CachedResponse response, TimeSpan lifetime, long size)
    {
        try
        {
            await redis.SetAsync(Prefix + key, CachedResponseFormat.Write(response), lifetime);
        }
        finally
        {
            Interlocked.Add(ref _pending, -size);
        }
    }
}
