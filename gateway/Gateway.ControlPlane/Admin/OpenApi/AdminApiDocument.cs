using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Admin.OpenApi.Operations;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary>The OpenAPI 3.1 document of the Admin API: its paths and methods are the route table's, its entities the schemas', so that it has what is served and nothing else.</summary>
internal static partial class AdminApiDocument
{
    private const string Description = """
        Kong's Admin API, as far as docs/kong-compatibility.md says, and what this gateway has beyond it.

        Bodies may be JSON or forms. In a form `config.minute=5` is a nested field, and `paths[]=/a&paths[]=/b` an array; an empty value clears a field.
        """;

    /// <exception cref="InvalidOperationException">A route is not described.</exception>
    public static JsonObject Write(IEnumerable<AdminRoute> routes, string version)
    {
        var descriptions = All().ToDictionary(entry => (entry.Method, entry.Pattern), entry => entry.Description);
        var paths = new JsonObject();
        foreach (var route in routes.OrderBy(route => route.Pattern, StringComparer.Ordinal))
        {
            var path = new JsonObject();
            if (Parameter().Matches(route.Pattern) is { Count: > 0 } segments)
            {
                path["parameters"] = new JsonArray([.. segments.Select(segment => PathParameter(segment.Groups["name"].Value))]);
            }

            foreach (var (method, operation) in route.Methods)
            {
                var description = descriptions.GetValueOrDefault((method, route.Pattern))
                    ?? throw new InvalidOperationException($"{method} {route.Pattern} is not described: add it to Admin/OpenApi/Operations");
                path[method.ToLowerInvariant()] = Operation(method, route.Pattern, operation.Access, description);
            }

            paths[route.Pattern] = path;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Hybrid API gateway: Admin API",
                ["version"] = version,
                ["description"] = Description,
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["kongAdminToken"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = EntityComponents.All(), ["responses"] = Responses(), ["headers"] = Headers(), ["securitySchemes"] = SecuritySchemes() },
        };
    }

    /// <summary>Every description that there is, whether there is a route for it or not.</summary>
    public static IEnumerable<(string Method, string Pattern, OperationDescription Description)> All() =>
        [.. EntityOperations.All(), .. ConfigurationOperations.All(), .. ClusteringOperations.All(), .. AccessOperations.All(), .. NodeOperations.All()];

    private static JsonObject Operation(string method, string pattern, RouteAccess access, OperationDescription description)
    {
        var operation = new JsonObject
        {
            ["operationId"] = Id(method, pattern),
            ["summary"] = description.Summary,
            ["tags"] = new JsonArray(pattern.Split('/') is [_, { Length: > 0 } first, ..] ? first : "node"),
            ["x-roles"] = new JsonArray([.. access.Roles.Select(role => JsonValue.Create(RoleNames.Of(role)))]),
        };
        var parameters = description.Query.Select(QueryParameter).Concat(description.HasVersions ? VersionParameters(method) : []).ToArray();
        if (parameters.Length > 0)
        {
            operation["parameters"] = new JsonArray(parameters);
        }

        if (description.Body is { } body)
        {
            var content = new JsonObject();
            foreach (var type in description.MediaTypes)
            {
                content[type] = new JsonObject { ["schema"] = body.DeepClone() };
                if (type is "application/json" && description.Example is { } example)
                {
                    content[type]!["example"] = example.DeepClone();
                }
            }

            operation["requestBody"] = new JsonObject { ["required"] = !description.BodyOptional, ["content"] = content };
        }

        operation["responses"] = Responses(description);
        return operation;
    }

    private static JsonObject Responses(OperationDescription description)
    {
        var responses = new JsonObject();
        foreach (var status in (int[])[description.Status, .. description.OtherStatuses])
        {
            var response = new JsonObject { ["description"] = Describe(status) };
            if (description.HasVersions && description.Answer is not null)
            {
                response["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["$ref"] = "#/components/headers/ETag" } };
            }

            if (description.Answer is { } answer && status is not StatusCodes.Status304NotModified)
            {
                response["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = answer.DeepClone() } };
            }

            responses[Text(status)] = response;
        }

        foreach (var status in description.Errors)
        {
            responses[Text(status)] = new JsonObject { ["$ref"] = $"#/components/responses/{EntityComponents.Error}" };
        }

        responses["default"] = new JsonObject { ["$ref"] = $"#/components/responses/{EntityComponents.Error}" };
        return responses;
    }

    private static JsonNode QueryParameter(FieldSchema field) =>
        new JsonObject { ["name"] = field.Name, ["in"] = "query", ["required"] = false, ["schema"] = JsonSchemas.Of(field with { Required = true }, isInput: false) };

    private static JsonObject PathParameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
        ["description"] = name is "key" or "parent" ? "An id, or the name by which entities of this kind are known." : $"The {name}.",
    };

    private static IEnumerable<JsonNode> VersionParameters(string method) => ((string[])(HttpMethods.IsGet(method) ? ["If-None-Match"] : ["If-Match", "If-None-Match"]))
        .Select(name => new JsonObject { ["name"] = name, ["in"] = "header", ["required"] = false, ["schema"] = new JsonObject { ["type"] = "string" } });

    private static JsonObject Responses() => new()
    {
        [EntityComponents.Error] = new JsonObject
        {
            ["description"] = "Refused; the message says why.",
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = Shape.Reference(EntityComponents.Error),
                    ["example"] = JsonNode.Parse("""{"message": "schema violation (host: required field missing)", "name": "schema violation", "code": 2, "fields": {"host": "required field missing"}}"""),
                },
            },
        },
    };

    private static JsonObject Headers() => new()
    {
        ["ETag"] = new JsonObject { ["description"] = "The entity's version, for If-Match and If-None-Match.", ["schema"] = new JsonObject { ["type"] = "string" } },
    };

    private static JsonObject SecuritySchemes() => new()
    {
        ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A personal token, or one of the OpenID provider. Not asked for where the Admin API listens on loopback alone." },
        ["kongAdminToken"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = Authenticator.KongHeader },
    };

    private static string Id(string method, string pattern)
    {
        var words = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(segment => Word().Replace(segment.StartsWith('{') ? $"By_{segment}" : segment, match => match.Value.Length > 0 ? char.ToUpperInvariant(match.Value[0]) + match.Value[1..] : ""))
            .Select(segment => string.Concat(segment.Where(char.IsAsciiLetterOrDigit)));
        return method.ToLowerInvariant() + (pattern is "/" ? "Node" : string.Concat(words));
    }

    private static string Describe(int status) => status switch
    {
        StatusCodes.Status201Created => "Written.",
        StatusCodes.Status204NoContent => "Done.",
        StatusCodes.Status304NotModified => "As it was.",
        StatusCodes.Status405MethodNotAllowed => "Not available.",
        _ => "As asked for.",
    };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[A-Za-z0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
