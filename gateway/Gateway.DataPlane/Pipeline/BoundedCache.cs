using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// Remembers what was used of late, in two generations: when the young one is full it becomes the old one, and what was in the old one is forgotten. So it holds at most twice
/// <paramref name="generation"/> entries, without bookkeeping per use.
/// </summary>
/// <param name="generation">How many entries make a generation.</param>
public sealed class BoundedCache<TKey, TValue>(int generation)
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        var young = _young;
        if (!young.TryAdd(key, value))
        {
            young[key] = value;
            return;
        }

        if (Interlocked.Increment(ref _count) < generation || Interlocked.CompareExchange(ref _young, new(), young) != young)
        {
            return;
        }

        _old = young;
        Interlocked.Exchange(ref _count, 0);
    }
}
