using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary>The components of entities: each kind as it is answered, and as it may be written; and the config of each plugin.</summary>
internal static class EntityComponents
{
    public const string Error = "Error";

    public static string Name(string kind) => string.Concat(kind.Split('_').Select(word => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word))).TrimEnd('s');

    public static string InputName(string kind) => Name(kind) + "Input";

    public static string PatchName(string kind) => Name(kind) + "Changes";

    public static JsonObject All()
    {
        var components = new JsonObject { [Error] = ErrorSchema() };
        foreach (var schema in EntitySchemas.All)
        {
            components[Name(schema.Kind)] = Answer(schema);
            components[InputName(schema.Kind)] = Input(schema);
            var changes = Input(schema);
            changes.Remove("required");
            components[PatchName(schema.Kind)] = changes;
        }

        foreach (var plugin in PluginCatalogue.All)
        {
            components[ConfigName(plugin)] = JsonSchemas.Object(plugin.Fields);
            components[ConfigName(plugin) + "-input"] = JsonSchemas.Input(plugin.Fields);
        }

        return components;
    }

    private static JsonObject Answer(EntitySchema schema)
    {
        var answer = JsonSchemas.Object(schema.Fields);
        var properties = (JsonObject)answer["properties"]!;
        if (schema.Kind is EntityKinds.Plugins)
        {
            properties["config"] = Configs("");
        }

        if (schema.Kind is EntityKinds.Certificates)
        {
            properties["snis"] = Names();
        }

        return answer;
    }

    private static JsonObject Input(EntitySchema schema)
    {
        var input = JsonSchemas.Input(schema.Fields);
        var properties = (JsonObject)input["properties"]!;
        switch (schema.Kind)
        {
            case EntityKinds.Plugins:
                properties["config"] = Configs("-input");
                break;
            case EntityKinds.Certificates:
                properties["snis"] = Names();
                break;
            case EntityKinds.Services:
                properties["url"] = new JsonObject { ["type"] = "string", ["format"] = "uri", ["description"] = "For protocol, host, port and path at once." };
                (input["required"] as JsonArray)?.RemoveAll(name => (string?)name == "host");
                break;
        }

        return input;
    }

    private static JsonObject Configs(string suffix) =>
        new() { ["anyOf"] = new JsonArray([.. PluginCatalogue.All.Select(plugin => Shape.Reference(ConfigName(plugin) + suffix))]), ["description"] = "What is in it depends on the plugin's name." };

    private static JsonObject Names() =>
        new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["description"] = "The server names it is presented for." };

    private static string ConfigName(PluginDefinition plugin) => $"plugin.{plugin.Name}";

    private static JsonObject ErrorSchema()
    {
        var schema = Shape.Object(Shape.Text("message"));
        var properties = (JsonObject)schema["properties"]!;
        properties["name"] = new JsonObject { ["type"] = "string", ["description"] = "Kong's name of the error." };
        properties["code"] = new JsonObject { ["type"] = "integer", ["description"] = "Kong's number of the error." };
        properties["fields"] = new JsonObject { ["type"] = "object", ["description"] = "What is wrong, by field, in the shape of the input." };
        properties["errors"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["field"] = Type("string"), ["problem"] = Type("string"), ["allowed"] = Type("string") },
                ["required"] = new JsonArray("field", "problem"),
                ["additionalProperties"] = false,
            },
            ["description"] = "Every error of a declarative file, with its path in it.",
        };
        return schema;
    }

    private static JsonObject Type(string type) => new() { ["type"] = type };
}
