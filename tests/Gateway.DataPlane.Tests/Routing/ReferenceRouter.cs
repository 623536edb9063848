using System.Text.RegularExpressions;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Routing;

/// <summary>
/// Kong's matching, slow and plain: every route is split by the length of its paths, as Kong's compatibility router does it; all that match are collected, and the first by
/// Kong's order is taken. Shares no code with the router.
/// </summary>
internal static class ReferenceRouter
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    public static (Route Route, int Length)? Match(IEnumerable<Route> routes, ReferenceRequest request)
    {
        var matching = new List<(Route Route, string[] Paths, int Length)>();
        foreach (var route in routes)
        {
            foreach (var paths in Split(route))
            {
                if (MatchedLength(route, paths, request) is { } length)
                {
                    matching.Add((route, paths, length));
                }
            }
        }

        matching.Sort((left, right) => Compare(right.Route, right.Paths, left.Route, left.Paths));
        return matching.Count == 0 ? null : (matching[0].Route, matching[0].Length);
    }

    private static IEnumerable<string[]> Split(Route route) =>
        route.Paths is { Count: > 0 } paths
            ? paths.GroupBy(path => IsRegex(path) ? 0 : path.Length).Select(group => group.ToArray())
            : [[]];

    private static int? MatchedLength(Route route, string[] paths, ReferenceRequest request)
    {
        if (route.Methods is { Count: > 0 } methods && !methods.Contains(request.Method))
        {
            return null;
        }

        if (route.Hosts is { Count: > 0 } hosts && !hosts.Any(host => MatchesHost(host, request)))
        {
            return null;
        }

        if (route.Snis is { Count: > 0 } snis && request.IsTls && !snis.Contains(request.Sni))
        {
            return null;
        }

        foreach (var (name, values) in route.Headers ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (!request.Headers.Where(header => header.Key == name).Any(header => values.Any(value => MatchesHeader(value, header.Value))))
            {
                return null;
            }
        }

        if (paths.Length == 0)
        {
            return 0;
        }

        foreach (var path in paths)
        {
            if (!IsRegex(path) && request.Path.StartsWith(path, StringComparison.Ordinal))
            {
                return path.Length;
            }

            if (IsRegex(path) && Regex.Match(request.Path, "^(?:" + path[1..] + ")", RegexOptions.None, TimeLimit) is { Success: true } match)
            {
                return match.Length;
            }
        }

        return null;
    }

    private static bool MatchesHost(string pattern, ReferenceRequest request)
    {
        var parts = pattern.Split(':');
        if (parts.Length == 2 && int.Parse(parts[1]) != request.Port)
        {
            return false;
        }

        return parts[0].StartsWith('*') ? request.Host.EndsWith(parts[0][1..], StringComparison.OrdinalIgnoreCase)
            : parts[0].EndsWith('*') ? request.Host.StartsWith(parts[0][..^1], StringComparison.OrdinalIgnoreCase)
            : request.Host.Equals(parts[0], StringComparison.OrdinalIgnoreCase);
    }

    private static bool MatchesHeader(string wanted, string value) => wanted.StartsWith("~*", StringComparison.Ordinal)
        ? Regex.IsMatch(value, wanted[2..], RegexOptions.IgnoreCase, TimeLimit)
        : wanted.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static int Compare(Route left, string[] leftPaths, Route right, string[] rightPaths)
    {
        int[] differences =
        [
            Kinds(left).CompareTo(Kinds(right)),
            HasPlainHostsOnly(left).CompareTo(HasPlainHostsOnly(right)),
            (left.Headers?.Count ?? 0).CompareTo(right.Headers?.Count ?? 0),
            HasRegex(leftPaths).CompareTo(HasRegex(rightPaths)),
            HasRegex(leftPaths) && HasRegex(rightPaths) ? left.RegexPriority.CompareTo(right.RegexPriority) : 0,
            PrefixLength(leftPaths).CompareTo(PrefixLength(rightPaths)),
            string.CompareOrdinal(left.Id.ToString(), right.Id.ToString()),
        ];
        return differences.FirstOrDefault(difference => difference != 0);
    }

    private static int Kinds(Route route) =>
        new[] { route.Methods?.Count, route.Hosts?.Count, route.Paths?.Count, route.Headers?.Count, route.Snis?.Count }.Count(count => count > 0);

    private static bool HasPlainHostsOnly(Route route) => route.Hosts is { Count: > 0 } hosts && hosts.All(host => !host.Contains('*'));

    private static bool HasRegex(string[] paths) => paths.Length > 0 && IsRegex(paths[0]);

    private static int PrefixLength(string[] paths) => paths.Length == 0 || IsRegex(paths[0]) ? 0 : paths[0].Length;

    private static bool IsRegex(string path) => path.StartsWith('~');
}
