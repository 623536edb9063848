using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>What was kept of a response, or, where <see cref="Status"/> is 0, only that it depends on request headers. Immutable.</summary>
internal sealed record CachedResponse
{
    public int Status { get; init; }

    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    public DateTimeOffset StoredAt { get; init; }

    /// <summary>How old it was when it came, by its <c>Age</c>.</summary>
    public TimeSpan InitialAge { get; init; }

    /// <summary>For how long it is good.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>Whether nobody may be given it once it is too old.</summary>
    public bool MustRevalidate { get; init; }

    /// <summary>The request headers that its <c>Vary</c> names, in lower case and in order.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>The key under which it is kept: for these values of <see cref="Vary"/>.</summary>
    public string Key { get; init; } = string.Empty;

    public bool IsMarker => Status == 0;

    /// <summary>Bytes that it takes in memory, about.</summary>
    public long Size
    {
        get
        {
            long size = 512 + Body.Length;
            foreach (var (name, values) in Headers)
            {
                size += 64 + (2 * (name.Length + values.ToString().Length));
            }

            return size;
        }
    }

    public TimeSpan AgeAt(DateTimeOffset now) => InitialAge + (now > StoredAt ? now - StoredAt : TimeSpan.Zero);

    public StringValues Header(string name)
    {
        foreach (var (known, values) in Headers)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return values;
            }
        }

        return default;
    }
}
