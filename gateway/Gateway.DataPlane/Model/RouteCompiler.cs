using Gateway.DataPlane.Routing;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>Turns a route into what the router needs, or says what cannot be.</summary>
internal static class RouteCompiler
{
    private const string RegexMark = "~";
    private const string HeaderRegexMark = "~*";

    public static RouteModel? Compile(Route route, ICollection<ModelError> errors)
    {
        var before = errors.Count;
        var where = $"routes[{route.Name ?? route.Id.ToString()}]";
        var paths = NullIfEmpty(route.Paths)?.Select((path, index) => CompilePath(path, $"{where}.paths[{index}]", errors)).ToArray();
        var headers = route.Headers is { Count: > 0 } wanted
            ? wanted.Select(header => CompileHeader(header.Key, header.Value, $"{where}.headers.{header.Key}", errors)).ToArray()
            : null;
        if (errors.Count > before)
        {
            return null;
        }

        return new RouteModel(route, new RouteCriteria(
            NullIfEmpty(route.Methods)?.ToArray(),
            NullIfEmpty(route.Hosts)?.Select(HostCriterion.Parse).ToArray(),
            paths,
            headers,
            NullIfEmpty(route.Snis)?.Select(sni => sni.TrimEnd('.')).ToArray(),
            route.RegexPriority));
    }

    private static PathCriterion CompilePath(string path, string field, ICollection<ModelError> errors)
    {
        if (!path.StartsWith(RegexMark, StringComparison.Ordinal))
        {
            return new PathCriterion(RequestPath.Normalize(path), null);
        }

        var pattern = PathPattern.TryCreate(path[RegexMark.Length..], anchored: true, ignoreCase: false, out var problem);
        if (pattern is null)
        {
            errors.Add(new ModelError(field, problem!, "a regular expression in PCRE's syntax without recursion, verbs or possessive quantifiers"));
        }

        return new PathCriterion(string.Empty, pattern);
    }

    private static HeaderCriterion CompileHeader(string name, IReadOnlyList<string> values, string field, ICollection<ModelError> errors)
    {
        var patterns = new List<PathPattern>();
        foreach (var value in values.Where(IsHeaderRegex))
        {
            if (PathPattern.TryCreate(value[HeaderRegexMark.Length..], anchored: false, ignoreCase: true, out var problem) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                errors.Add(new ModelError(field, problem!));
            }
        }

        return new HeaderCriterion(name, [.. values.Where(value => !IsHeaderRegex(value))], [.. patterns]);
    }

    private static bool IsHeaderRegex(string value) => value.StartsWith(HeaderRegexMark, StringComparison.Ordinal);

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string>? values) => values is { Count: > 0 } ? values : null;
}
