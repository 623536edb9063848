using System.Collections.Concurrent;

namespace Gateway.Plugins.Prometheus;

/// <summary>The series of one metric. What exceeds their number is counted in one series, whose service is named so that it is seen.</summary>
internal sealed class Series<TValue>(int bound, Func<TValue> create)
    where TValue : class
{
    public static readonly SeriesKey Overflow = new("other_series", string.Empty, string.Empty, string.Empty, string.Empty);

    private readonly ConcurrentDictionary<SeriesKey, TValue> _values = new();
    private int _left = bound;

    public IEnumerable<KeyValuePair<SeriesKey, TValue>> All => _values;

    public TValue For(SeriesKey key)
    {
        if (_values.TryGetValue(key, out var known))
        {
            return known;
        }

        // A race may spend two of the bound on one series: it is a bound, not a promise.
        return _values.GetOrAdd(Interlocked.Decrement(ref _left) >= 0 ? key : Overflow, static (_, create) => create(), create);
    }
}
