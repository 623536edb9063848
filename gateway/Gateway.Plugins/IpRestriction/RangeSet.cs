using System.Numerics;

namespace Gateway.Plugins.IpRestriction;

/// <summary>Ranges of numbers, merged and sorted: a binary search finds whether a number is in any.</summary>
internal sealed class RangeSet<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly T[] _firsts;
    private readonly T[] _lasts;

    public RangeSet(List<(T First, T Last)> ranges)
    {
        ranges.Sort(static (a, b) => a.First.CompareTo(b.First));
        var firsts = new List<T>(ranges.Count);
        var lasts = new List<T>(ranges.Count);
        foreach (var (first, last) in ranges)
        {
            if (lasts.Count > 0 && (lasts[^1] == T.MaxValue || first <= lasts[^1] + T.One))
            {
                lasts[^1] = T.Max(lasts[^1], last);
            }
            else
            {
                firsts.Add(first);
                lasts.Add(last);
            }
        }

        _firsts = [.. firsts];
        _lasts = [.. lasts];
    }

    /// <summary>How many ranges are left after merging.</summary>
    public int Count => _firsts.Length;

    public bool Contains(T number)
    {
        var found = _firsts.AsSpan().BinarySearch(number);
        var candidate = found >= 0 ? found : ~found - 1;
        return candidate >= 0 && number <= _lasts[candidate];
    }
}
