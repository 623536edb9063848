using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi.Operations;

/// <summary>What a node says of itself, of schemas, tags, caches and requests.</summary>
internal static class NodeOperations
{
    public static IEnumerable<(string Method, string Pattern, OperationDescription Description)> All() =>
    [
        (HttpMethods.Get, "/", new OperationDescription("Describe this node: version, settings, plugins")
        {
            Answer = Shape.Object(
                Shape.Text("version"), Shape.Text("tagline"), Shape.Text("hostname"), Shape.Text("node_id"), Shape.Map("configuration"),
                Shape.Record("plugins", Shape.Map("available_on_server", Shape.Record("plugin", Shape.Text("version"), Shape.Whole("priority"))), Shape.Texts("enabled_in_cluster"))),
        }),
        (HttpMethods.Get, "/status", new OperationDescription("Say how this node is, also with its database away")
        {
            Answer = Shape.Object(
                Shape.Record("database", Shape.Flag("reachable")),
                Shape.Record("configuration", Shape.Whole("head_revision"), Shape.Whole("released_revision")).OrNull(),
                Shape.Record("memory", Shape.Whole("managed_bytes"), Shape.Whole("working_set_bytes"))),
        }),
        (HttpMethods.Get, "/endpoints", new OperationDescription("List all paths") { Answer = Shape.Object(Shape.Texts("data")) }),
        (HttpMethods.Get, "/openapi.json", new OperationDescription("This document") { Answer = new JsonObject { ["type"] = "object", ["required"] = new JsonArray("openapi", "info", "paths") } }),
        (HttpMethods.Get, "/plugins/enabled", new OperationDescription("List the plugins that can be configured") { Answer = Shape.Object(Shape.Texts("enabled_plugins")) }),
        (HttpMethods.Get, "/schemas/{entity}", new OperationDescription("Show the fields of a kind of entity, in Kong's shape")
        {
            Answer = Shape.Object(Fields()), Errors = [StatusCodes.Status404NotFound],
        }),
        (HttpMethods.Get, "/schemas/plugins/{name}", new OperationDescription("Show the fields of a plugin's config, in Kong's shape")
        {
            Answer = Shape.Object(Shape.Text("name"), Shape.Text("version"), Shape.Whole("priority"), Fields()), Errors = [StatusCodes.Status404NotFound],
        }),
        (HttpMethods.Post, "/schemas/{entity}/validate", Validate("an entity", new JsonObject { ["type"] = "object" }, EntityExamples.Of(EntityKinds.Services, isNested: false)!)),
        (HttpMethods.Post, "/schemas/plugins/validate", Validate("a plugin", Shape.Reference(EntityComponents.InputName(EntityKinds.Plugins)), EntityExamples.Of(EntityKinds.Plugins, isNested: false)!)),
        (HttpMethods.Get, "/tags", Tagged("List all tags with what has them")),
        (HttpMethods.Get, "/tags/{tag}", Tagged("List what has a tag")),
        (HttpMethods.Delete, "/proxy-cache", new OperationDescription("Have every data plane forget the responses that it kept") { Status = StatusCodes.Status204NoContent }),
        (HttpMethods.Delete, "/proxy-cache/{plugin}", new OperationDescription("Have every data plane forget the responses that it kept for one plugin, by its id or instance name")
        {
            Status = StatusCodes.Status204NoContent, Errors = [StatusCodes.Status404NotFound],
        }),
        (HttpMethods.Get, "/debug/routes/match", Match() with
        {
            Query =
            [
                new FieldSchema("method", FieldType.String) { Default = "GET" }, new FieldSchema("scheme", FieldType.String) { Default = "http", OneOf = ["http", "https"] }, new FieldSchema("host", FieldType.String),
                new FieldSchema("path", FieldType.String) { Default = "/" }, new FieldSchema("header", FieldType.Array) { Elements = Shape.Text("header") }, new FieldSchema("sni", FieldType.String), Size,
            ],
        }),
        (HttpMethods.Post, "/debug/routes/match", Match() with
        {
            BodyOptional = true,
            Body = Shape.Optional(
                Shape.Text("method"), Shape.Text("scheme", "http", "https"), Shape.Text("host"), Shape.Text("path"),
                Shape.Map("headers", Shape.Text("value")), Shape.Text("sni"), Size with { Required = true }),
            Example = JsonNode.Parse("""{"method": "GET", "host": "api.example.com", "path": "/pets/7", "headers": {"x-version": "2"}}"""),
        }),
    ];

    private static FieldSchema Size => new("size", FieldType.Integer) { Between = (1, Debugging.RouteMatchInput.MaxSize), Default = Debugging.RouteMatchInput.DefaultSize };

    private static FieldSchema Fields() => Shape.List("fields", new FieldSchema("field", FieldType.Map));

    private static OperationDescription Validate(string what, JsonObject body, JsonNode example) => new($"Check {what} without writing it")
    {
        Body = body,
        Example = example,
        Answer = Shape.Object(Shape.Text("message")),
        Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
    };

    private static OperationDescription Tagged(string summary) => new(summary)
    {
        Query = Shape.Paging,
        Answer = Shape.Page(Shape.Object(Shape.Text("tag"), Shape.Text("entity_name"), Shape.Text("entity_id"))),
        Errors = [StatusCodes.Status400BadRequest],
    };

    private static OperationDescription Match()
    {
        var route = Shape.Record("route", Shape.Text("id"), Shape.Text("name").OrNull());
        return new OperationDescription("Say which route would take a request, and why not the others")
        {
            Answer = Shape.Object(
                Shape.Whole("revision"),
                Shape.Text("path"),
                Shape.Record("match", route, Shape.Record("service", Shape.Text("id")).OrNull(), Shape.Text("matched_path"), Shape.Text("upstream").OrNull(), Shape.Text("refusal").OrNull()).OrNull(),
                Shape.List("candidates", Shape.Record("candidate", Shape.Whole("rank").OrNull(), route, Shape.Texts("matched"), Shape.Texts("failed"), Shape.Text("behind").OrNull())),
                Shape.Whole("more_candidates"),
                Shape.Whole("routes")),
            Errors = [StatusCodes.Status400BadRequest],
        };
    }
}
