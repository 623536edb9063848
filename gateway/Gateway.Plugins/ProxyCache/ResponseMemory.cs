using System.Collections.Concurrent;

namespace Gateway.Plugins.ProxyCache;

/// <summary>
/// The process's memory for responses, one for all plugins: never more bytes than its bound. Looking up takes no lock. When it is full, what was used least recently
/// goes until a tenth is free, beside the requests; meanwhile nothing new is kept.
/// </summary>
internal sealed class ResponseMemory(TimeProvider time, long capacity) : IResponseStore
{
    /// <summary>Bytes; Kong's <c>mem_cache_size</c>.</summary>
    public const long DefaultCapacity = 128 * 1024 * 1024;
    private const double Full = 0.9;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _size;
    private int _isEvicting;

    public ResponseMemory(TimeProvider time)
        : this(time, DefaultCapacity)
    {
    }

    public long Size => Interlocked.Read(ref _size);

    public int Count => _entries.Count;

    /// <summary>The eviction that is running, if any.</summary>
    public Task Evicting { get; private set; } = Task.CompletedTask;

    public ValueTask<StoredResponse> FindAsync(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return default;
        }

        var now = time.GetUtcNow().UtcTicks;
        if (now >= entry.ExpiresAt)
        {
            Remove(new(key, entry));
            return default;
        }

        entry.UsedAt = now;
        return new(new StoredResponse(entry.Response, IsAway: false));
    }

    public void Keep(string key, CachedResponse response, TimeSpan lifetime)
    {
        // Room first: the bound holds at every moment.
        var size = response.Size + (2 * key.Length);
        if (Interlocked.Add(ref _size, size) > capacity)
        {
            Interlocked.Add(ref _size, -size);
            if (size < capacity)
            {
                BeginEviction();
            }

            return;
        }

        var now = time.GetUtcNow();
        var entry = new Entry(response, size, now.Add(lifetime).UtcTicks) { UsedAt = now.UtcTicks };
        while (!_entries.TryAdd(key, entry))
        {
            if (_entries.TryGetValue(key, out var known))
            {
                Remove(new(key, known));
            }
        }
    }

    private void BeginEviction()
    {
        if (Interlocked.CompareExchange(ref _isEvicting, 1, 0) == 0)
        {
            Evicting = Task.Run(Evict);
        }
    }

    private void Evict()
    {
        var now = time.GetUtcNow().UtcTicks;
        var goal = (long)(capacity * Full);
        foreach (var entry in _entries.ToArray().OrderBy(entry => entry.Value.ExpiresAt <= now ? 0 : entry.Value.UsedAt))
        {
            if (Size <= goal)
            {
                break;
            }

            Remove(entry);
        }

        Volatile.Write(ref _isEvicting, 0);
    }

    private void Remove(KeyValuePair<string, Entry> entry)
    {
        if (_entries.TryRemove(entry))
        {
            Interlocked.Add(ref _size, -entry.Value.Size);
        }
    }

    private sealed class Entry(CachedResponse response, long size, long expiresAt)
    {
        private long _usedAt;

        public CachedResponse Response { get; } = response;

        public long Size { get; } = size;

        public long ExpiresAt { get; } = expiresAt;

        public long UsedAt
        {
            get => Interlocked.Read(ref _usedAt);
            set => Interlocked.Exchange(ref _usedAt, value);
        }
    }
}
