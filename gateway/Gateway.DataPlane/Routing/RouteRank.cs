using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Routing;

/// <summary>
/// The place of a route among those that match a request, in Kong's flavour <c>traditional_compatible</c>: more kinds of criteria, plain hosts only, more headers,
/// regex over prefix, regex priority, longer prefix; then, as in Kong's engine, the greater id; then the path that stands first in the route.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RouteRank
{
    private const int MaxCountedHeaders = 255;
    private const int MaxCountedLength = 0x7FFFF;

    private readonly ulong _weight;
    private readonly Guid _id;
    private readonly int _index;

    public RouteRank(int criteria, bool plainHostsOnly, int headers, bool isRegex, int regexPriority, int prefixLength, Guid id, int index)
    {
        _weight = ((ulong)criteria << 61)
            | (plainHostsOnly ? 1UL << 60 : 0)
            | ((ulong)Math.Min(headers, MaxCountedHeaders) << 52)
            | (isRegex ? 1UL << 51 : 0)
            | ((isRegex ? (ulong)(uint)(regexPriority ^ int.MinValue) : 0) << 19)
            | (uint)Math.Min(prefixLength, MaxCountedLength);
        _id = id;
        _index = index;
    }

    /// <summary>True where this one is tried before the other.</summary>
    public bool Outranks(RouteRank other)
    {
        if (_weight != other._weight)
        {
            return _weight > other._weight;
        }

        var byId = _id.CompareTo(other._id);
        return byId != 0 ? byId > 0 : _index < other._index;
    }

    /// <summary>What this one has over <paramref name="other"/>, which it outranks, for people: the first rule by which they differ.</summary>
    public string ReasonOver(RouteRank other)
    {
        var (own, others) = (_weight, other._weight);
        return Part(own, 61, 3) != Part(others, 61, 3) ? Say($"more kinds of criteria: {Part(own, 61, 3)}, not {Part(others, 61, 3)}")
            : Part(own, 60, 1) != Part(others, 60, 1) ? "its hosts are all plain"
            : Part(own, 52, 8) != Part(others, 52, 8) ? Say($"more headers: {Part(own, 52, 8)}, not {Part(others, 52, 8)}")
            : Part(own, 51, 1) != Part(others, 51, 1) ? "a regular expression goes before a prefix"
            : Part(own, 19, 32) != Part(others, 19, 32) ? Say($"a higher regex_priority: {Priority(own)}, not {Priority(others)}")
            : own != others ? Say($"a longer path: {Part(own, 0, 19)} characters, not {Part(others, 0, 19)}")
            : _id != other._id ? "nothing else differs, and its id is the greater one"
            : "its path stands before the other in the route";

        static ulong Part(ulong weight, int shift, int bits) => (weight >> shift) & ((1UL << bits) - 1);

        static int Priority(ulong weight) => (int)(uint)Part(weight, 19, 32) ^ int.MinValue;

        static string Say(FormattableString text) => FormattableString.Invariant(text);
    }
}
