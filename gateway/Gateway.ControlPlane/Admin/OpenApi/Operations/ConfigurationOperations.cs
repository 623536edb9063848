using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi.Operations;

/// <summary>The whole configuration, and its history.</summary>
internal static class ConfigurationOperations
{
    private static readonly string[] FileTypes = ["application/json", "application/yaml", "multipart/form-data"];

    public static IEnumerable<(string Method, string Pattern, OperationDescription Description)> All()
    {
        yield return (HttpMethods.Get, "/config", new OperationDescription("Show the whole configuration, flat, with secrets masked") { Answer = File() });
        yield return (HttpMethods.Post, "/config", new OperationDescription("Make the configuration, or its part with certain tags, what a declarative file says: one revision")
        {
            Query = [SelectTags, Flag("dry_run"), Flag("diff"), Flag("details"), Flag("check_hash")],
            Body = File(),
            MediaTypes = FileTypes,
            Example = JsonNode.Parse("""{"_format_version": "3.0", "services": [{"name": "orders", "host": "orders.internal", "routes": [{"name": "orders", "paths": ["/orders"]}]}]}"""),
            Status = StatusCodes.Status201Created,
            Answer = With(Shape.Object(Shape.Whole("revision"), Shape.Whole("changes"), Shape.Map("entities", Shape.Whole("count"))), "diff", Changes()),
            OtherStatuses = [StatusCodes.Status200OK, StatusCodes.Status304NotModified],
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType],
        });
        yield return (HttpMethods.Get, "/config/dump", new OperationDescription("Dump the configuration as a declarative file, nested, with secrets masked")
        {
            Query = [SelectTags],
            Answer = File(),
            Errors = [StatusCodes.Status400BadRequest],
        });
        yield return (HttpMethods.Post, "/config/dump", new OperationDescription("Dump the configuration as a declarative file that loads back")
        {
            Query = [SelectTags],
            Body = Shape.Optional(Shape.Flag("with_secrets")),
            BodyOptional = true,
            Example = JsonNode.Parse("""{"with_secrets": true}"""),
            Answer = File(),
            Errors = [StatusCodes.Status400BadRequest],
        });
        foreach (var root in (string[])["/revisions", "/config/revisions"])
        {
            yield return (HttpMethods.Get, root, new OperationDescription("List revisions, newest first")
            {
                Query = Shape.Paging,
                Answer = Shape.Page(Shape.Object(Revision)),
                Errors = [StatusCodes.Status400BadRequest],
            });
            yield return (HttpMethods.Get, root + "/{revision}", new OperationDescription("Show what a revision changed, with secrets masked")
            {
                Query = Shape.Paging,
                Answer = With(With(Shape.Object([.. Revision, new FieldSchema("next", FieldType.String)]), "entities", Changes()), "offset", new JsonObject { ["type"] = "string" }),
                Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
            });
            yield return (HttpMethods.Post, root + "/{revision}/rollback", new OperationDescription("Make the configuration what it was at a revision, as a new revision")
            {
                Body = Shape.Optional(Shape.Flag("credentials"), Shape.Flag("dry_run"), Shape.Text("reason")),
                BodyOptional = true,
                Example = JsonNode.Parse("""{"dry_run": true, "reason": "the orders service fails"}"""),
                Status = StatusCodes.Status201Created,
                OtherStatuses = [StatusCodes.Status200OK],
                Answer = With(Shape.Object(Shape.Whole("revision"), Shape.Whole("rolled_back_to"), Shape.Whole("changes")), "diff", Changes()),
                Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
            });
        }
    }

    private static IReadOnlyList<FieldSchema> Revision =>
    [
        Shape.Whole("revision"), Shape.Text("principal"), Shape.Text("source_address").OrNull(), Shape.Text("time"), Shape.Text("origin"), Shape.Text("message").OrNull(), Shape.Whole("changes"),
    ];

    private static FieldSchema SelectTags => new("select_tags", FieldType.String);

    private static FieldSchema Flag(string name) => new(name, FieldType.Boolean) { Default = false };

    private static JsonObject File() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["_format_version"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("1.1", "2.1", "3.0") } },
        ["required"] = new JsonArray("_format_version"),
        ["description"] = "A declarative file, in Kong's format: docs/kong-compatibility.md.",
    };

    private static JsonObject Changes()
    {
        var change = Shape.Object(Shape.Text("action", "create", "update", "delete"), Shape.Text("kind"), Shape.Text("id"));
        var properties = (JsonObject)change["properties"]!;
        properties["name"] = new JsonObject { ["type"] = "string" };
        properties["fields"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } };
        properties["before"] = new JsonObject { ["type"] = new JsonArray("object", "null") };
        properties["after"] = new JsonObject { ["type"] = new JsonArray("object", "null") };
        return new JsonObject { ["type"] = "array", ["items"] = change };
    }

    private static JsonObject With(JsonObject schema, string property, JsonNode value)
    {
        schema["properties"]![property] = value;
        return schema;
    }
}
