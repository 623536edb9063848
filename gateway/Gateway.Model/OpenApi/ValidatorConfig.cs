using System.Text.Json.Nodes;

namespace Gateway.Model.OpenApi;

/// <summary>The config of a <c>request-validator</c> that holds a route's requests to its operation: parameters, and a body that is JSON.</summary>
internal sealed class ValidatorConfig(OpenApiDocument document, List<ModelError> errors, List<ModelError> notes)
{
    // OpenAPI: definitions of these among parameters are ignored.
    private static readonly string[] IgnoredHeaders = ["accept", "content-type", "authorization"];

    /// <summary>Null where the operation says nothing that could be held.</summary>
    public JsonObject? Of(Operation operation)
    {
        var config = new JsonObject { ["version"] = "draft4" };
        if (Parameters(operation) is { Count: > 0 } parameters)
        {
            config["parameter_schema"] = parameters;
        }

        AddBody(operation, config);
        return config.Count > 1 ? config : null;
    }

    private JsonArray Parameters(Operation operation)
    {
        // The operation's own takes the place of the path's with the same name and place.
        var parameters = new OrderedDictionary<(string In, string Name), (JsonObject Parameter, string Where)>();
        foreach (var (holder, where) in ((JsonObject, string)[])[(operation.Item, operation.PathWhere), (operation.Node, operation.Where)])
        {
            foreach (var (index, node) in (holder["parameters"] as JsonArray ?? []).Index())
            {
                var place = $"{where}.parameters[{index}]";
                if (document.Resolve(node, place, errors) is { } parameter && OpenApiDocument.Text(parameter["in"]) is { } kind && OpenApiDocument.Text(parameter["name"]) is { } name)
                {
                    parameters[(kind, name)] = (parameter, place);
                }
            }
        }

        return [.. parameters.Select(entry => Parameter(operation, entry.Key.In, entry.Key.Name, entry.Value.Parameter, entry.Value.Where)).OfType<JsonObject>()];
    }

    private JsonObject? Parameter(Operation operation, string kind, string name, JsonObject parameter, string where)
    {
        if (kind is "cookie")
        {
            notes.Add(new ModelError(where, "cookies are not validated"));
            return null;
        }

        if (kind is not ("query" or "header" or "path") || (kind is "header" && IgnoredHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        var groups = operation.Template.Groups;
        if (kind is "path" && !groups.ContainsKey(name))
        {
            errors.Add(new ModelError(where, $"the path has no template {{{name}}}"));
            return null;
        }

        var entry = new JsonObject
        {
            ["in"] = kind,
            ["name"] = kind is "path" ? groups[name] : name,
            ["required"] = kind is "path" || parameter["required"]?.ToJsonString() is "true",
        };
        if (parameter["schema"] is not { } schema)
        {
            notes.Add(new ModelError(where, "has no schema: only whether it is there is validated"));
            return entry;
        }

        var converted = new Draft4(document, errors).Convert(schema, $"{where}.schema");
        if (converted["type"] is null)
        {
            notes.Add(new ModelError($"{where}.schema", "has no type: only whether it is there is validated"));
            return entry;
        }

        var style = OpenApiDocument.Text(parameter["style"]) ?? (kind is "query" ? "form" : "simple");
        entry["style"] = style;
        entry["explode"] = parameter["explode"]?.DeepClone() ?? style is "form";
        entry["schema"] = converted.ToJsonString();
        return entry;
    }

    private void AddBody(Operation operation, JsonObject config)
    {
        var where = $"{operation.Where}.requestBody";
        if (operation.Node["requestBody"] is null || document.Resolve(operation.Node["requestBody"], where, errors) is not { } body || body["content"] is not JsonObject content)
        {
            return;
        }

        var json = content.Where(media => IsJson(media.Key)).ToList();
        if (json.Count != 1 || json[0].Value?["schema"] is not { } schema)
        {
            notes.Add(new ModelError(where, json.Count > 1 ? "has several JSON schemas: the body is not validated" : "has no JSON schema: the body is not validated"));
            return;
        }

        // A body that may be missing, or be something else as well, can't be held to one schema.
        if (body["required"]?.ToJsonString() is not "true" || content.Count > 1)
        {
            notes.Add(new ModelError(where, content.Count > 1 ? "may be of another type than JSON: the body is not validated" : "is not required: the body is not validated"));
            return;
        }

        config["body_schema"] = new Draft4(document, errors).Convert(schema, $"{where}.content.{json[0].Key}.schema").ToJsonString();
        config["allowed_content_types"] = new JsonArray(json[0].Key);
        config["content_type_parameter_validation"] = false;
    }

    private static bool IsJson(string mediaType)
    {
        var type = mediaType.Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
