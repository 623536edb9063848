namespace Gateway.Tunnel.Publication.Views;

/// <summary>Finds what somebody still uses. Not safe for concurrent use.</summary>
internal sealed class WeakCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, WeakReference<TValue>> _entries = [];
    private int _sweepAt = 64;

    public TValue? Find(TKey key) => _entries.TryGetValue(key, out var reference) && reference.TryGetTarget(out var value) ? value : null;

    public void Set(TKey key, TValue value)
    {
        _entries[key] = new WeakReference<TValue>(value);
        if (_entries.Count >= _sweepAt)
        {
            Sweep();
        }
    }

    private void Sweep()
    {
        foreach (var (key, reference) in _entries)
        {
            if (!reference.TryGetTarget(out _))
            {
                _entries.Remove(key);
            }
        }

        // Sweeping costs no more than what was set since.
        _sweepAt = Math.Max(64, _entries.Count * 2);
    }
}
