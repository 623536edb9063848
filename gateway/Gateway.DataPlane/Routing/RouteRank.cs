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
}
