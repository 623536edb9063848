using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Degraphql;

internal static class DegraphqlDefinition
{
    private const int MostRoutes = 1000;
    private const int LongestQuery = 100_000;

    public static PluginDefinition Create() => new PluginDefinition<DegraphqlConfig>
    {
        Name = "degraphql",
        Version = "1.0.0",
        Priority = 1500,
        MayHaveConsumer = false,
        Fields =
        [
            Field.Text("graphql_server_path", "/graphql") with { Check = value => Texts.PathProblem(value.GetValue<string>()) },
            Field.List("routes", Route(), []) with { MaximumLength = MostRoutes },
        ],
        Checks = [RequireDistinctRoutes],
    };

    private static FieldSchema Route() => Field.Record(
        "route",
        Field.Text("uri") with { Required = true, Check = value => UriProblem(value.GetValue<string>()) },
        Field.Text("query") with { Required = true, MaximumLength = LongestQuery },
        Field.Set("methods", Field.Text("method") with { Check = value => Texts.MethodProblem(value.GetValue<string>()) }, ["GET"]) with { MinimumLength = 1 });

    private static string? UriProblem(string uri)
    {
        if (Texts.PathProblem(uri) is { } problem)
        {
            return problem;
        }

        var variables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in uri.Split('/').Where(segment => segment.StartsWith(':')))
        {
            var name = segment[1..];
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            {
                return $"'{segment}' must be a colon and the name of a variable";
            }

            if (!variables.Add(name))
            {
                return $"'{segment}' stands twice";
            }
        }

        return null;
    }

    // Of two the second would never be found.
    private static IEnumerable<ModelError> RequireDistinctRoutes(JsonObject config)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var routes = config["routes"]!.AsArray();
        for (var i = 0; i < routes.Count; i++)
        {
            var shape = string.Join('/', routes[i]!["uri"]!.GetValue<string>().Split('/').Select(segment => segment.StartsWith(':') ? ":" : segment));
            foreach (var method in routes[i]!["methods"]!.AsArray())
            {
                if (!seen.Add($"{method} {shape}"))
                {
                    yield return new ModelError($"routes[{i}].uri", $"another route has the same path for {method}");
                    break;
                }
            }
        }
    }
}
