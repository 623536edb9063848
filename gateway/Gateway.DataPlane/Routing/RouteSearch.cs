using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Routing;

/// <summary>The best candidate so far of one match.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RouteSearch
{
    public RouteCandidate? Best { get; private set; }

    public int MatchedLength { get; private set; }

    public void Visit(RadixTree<RouteCandidate[]> paths, in RouteRequest request) => Visit(paths.Root, request.Path.Span, request);

    // Longer prefixes first: they mostly outrank the shorter ones, whose conditions then need no look.
    private void Visit(RadixNode<RouteCandidate[]> node, ReadOnlySpan<char> rest, in RouteRequest request)
    {
        if (node.Child(rest) is { } child)
        {
            Visit(child, rest[child.Label.Length..], request);
        }

        if (node.Value is null)
        {
            return;
        }

        foreach (var candidate in node.Value)
        {
            if (Best is not null && !candidate.Rank.Outranks(Best.Rank))
            {
                return;
            }

            if (candidate.Matches(request, out var length))
            {
                Best = candidate;
                MatchedLength = length;
                return;
            }
        }
    }
}
