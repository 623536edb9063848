using Gateway.DataPlane.Model;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Routing;

/// <summary>One path of a route under one of its hosts: what the tree of paths holds.</summary>
internal sealed class RouteCandidate
{
    public required RouteModel Route { get; init; }

    public required RouteRank Rank { get; init; }

    /// <summary>The port that the host asks for, 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>Characters of the prefix, where it is no regex.</summary>
    public int PrefixLength { get; init; }

    public PathPattern? Pattern { get; init; }

    /// <summary>True where a request whose host and prefix led here matches; <paramref name="matchedLength"/> is what its path covers.</summary>
    public bool Matches(in RouteRequest request, out int matchedLength)
    {
        matchedLength = PrefixLength;
        if (Port != 0 && Port != request.Port)
        {
            return false;
        }

        var criteria = Route.Criteria;
        if (criteria.Methods is { } methods && !Contains(methods, request.Method, StringComparison.Ordinal))
        {
            return false;
        }

        if (criteria.Snis is { } snis && request.IsTls && !Contains(snis, request.Sni, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (criteria.Headers is { } headers && !MatchesAll(headers, request))
        {
            return false;
        }

        if (Pattern is not null)
        {
            matchedLength = Pattern.Match(request.Path.Span);
            return matchedLength >= 0;
        }

        return true;
    }

    private static bool Contains(string[] values, string? value, StringComparison comparison)
    {
        foreach (var candidate in values)
        {
            if (string.Equals(candidate, value, comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAll(HeaderCriterion[] criteria, in RouteRequest request)
    {
        foreach (var criterion in criteria)
        {
            if (request.Headers is null
                || !request.Headers.TryGetValue(criterion.Name, out StringValues values)
                || !criterion.MatchesAny(values))
            {
                return false;
            }
        }

        return true;
    }
}
