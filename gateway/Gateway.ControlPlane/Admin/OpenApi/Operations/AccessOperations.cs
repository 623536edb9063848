using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi.Operations;

/// <summary>Who may do what, and who did.</summary>
internal static class AccessOperations
{
    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(RoleNames.Of)];

    public static IEnumerable<(string Method, string Pattern, OperationDescription Description)> All() =>
    [
        (HttpMethods.Get, "/whoami", new OperationDescription("Say who the caller is, and what that is worth")
        {
            Answer = Shape.Object(Shape.Text("principal"), Shape.List("grants", Shape.Record("grant", Shape.Text("role", Roles), Shape.Texts("tags"))), Shape.Whole("expires_at").OrNull()),
        }),
        (HttpMethods.Get, "/tokens", new OperationDescription("List personal tokens") { Answer = Shape.Page(Shape.Object(Token)) }),
        (HttpMethods.Post, "/tokens", new OperationDescription("Make a personal token, which is shown this once")
        {
            Body = Input(),
            Example = JsonNode.Parse("""{"name": "deploy", "role": "editor", "tags": ["team-a"], "ttl": 86400}"""),
            Status = StatusCodes.Status201Created,
            Answer = Shape.Object([.. Token, Shape.Text("token")]),
            Errors = [StatusCodes.Status400BadRequest],
        }),
        (HttpMethods.Get, "/tokens/{id}", new OperationDescription("Show a personal token") { Answer = Shape.Object(Token), Errors = [StatusCodes.Status404NotFound] }),
        (HttpMethods.Delete, "/tokens/{id}", new OperationDescription("Revoke a personal token") { Status = StatusCodes.Status204NoContent }),
        (HttpMethods.Get, "/audit", new OperationDescription("List who changed something, and who was refused, newest first")
        {
            Query = [.. Shape.Paging, new FieldSchema("principal", FieldType.String), new FieldSchema("event", FieldType.String)],
            Answer = Shape.Page(Shape.Object(
                Shape.Text("id"), Shape.Text("time"), Shape.Text("event"), Shape.Text("principal").OrNull(), Shape.Text("source_address").OrNull(), Shape.Text("method"), Shape.Text("path"),
                Shape.Whole("status"), Shape.Whole("revision").OrNull(), Shape.Text("reason").OrNull())),
            Errors = [StatusCodes.Status400BadRequest],
        }),
    ];

    private static IReadOnlyList<FieldSchema> Token =>
    [
        Shape.Text("id"), Shape.Text("name"), Shape.Text("role", Roles), Shape.Texts("tags"), Shape.Text("prefix"), Shape.Text("created_by").OrNull(), Shape.Whole("created_at"), Shape.Whole("expires_at").OrNull(),
        Shape.Whole("last_used_at").OrNull(),
    ];

    private static JsonObject Input()
    {
        var input = Shape.Object(Shape.Text("name"), Shape.Text("role", Roles), Shape.Texts("tags"), Shape.Whole("ttl"));
        input["required"] = new JsonArray("name", "role");
        return input;
    }
}
