using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi.Operations;

/// <summary>Data planes, sites, certificates, releases and what was served.</summary>
internal static class ClusteringOperations
{
    private const int BadRequest = StatusCodes.Status400BadRequest;
    private const int NotFound = StatusCodes.Status404NotFound;
    private const int Conflict = StatusCodes.Status409Conflict;

    public static IEnumerable<(string Method, string Pattern, OperationDescription Description)> All() =>
    [
        (HttpMethods.Get, "/clustering/data-planes", new OperationDescription("List the data planes' instances, and what each runs")
        {
            Query = Shape.Paging, Answer = Shape.Page(Shape.Object(DataPlane), Shape.Flag("database_reachable")), Errors = [BadRequest],
        }),
        (HttpMethods.Get, "/clustering/status", new OperationDescription("Show all data planes by instance, beside what they should run")
        {
            Answer = Shape.Object(
                Shape.Whole("head_revision"), Shape.Whole("released_revision"), Shape.Whole("staged_revision").OrNull(), Shape.Whole("waiting_revisions"), Shape.Text("waiting_because").OrNull(),
                Shape.Map("data_planes", Shape.Record("data_plane", DataPlane)), Shape.Flag("database_reachable")),
        }),
        (HttpMethods.Get, "/clustering/sites", new OperationDescription("List the sites that may join") { Answer = Shape.Page(Shape.Object(Site)) }),
        (HttpMethods.Post, "/clustering/sites", new OperationDescription("Let a site join")
        {
            Body = SiteInput("name"), Example = JsonNode.Parse("""{"name": "factory-2", "labels": {"region": "eu"}}"""), Status = StatusCodes.Status201Created, Answer = Shape.Object(Site), Errors = [BadRequest, Conflict],
        }),
        (HttpMethods.Get, "/clustering/sites/{name}", new OperationDescription("Show a site") { Answer = Shape.Object(Site), Errors = [NotFound] }),
        (HttpMethods.Patch, "/clustering/sites/{name}", new OperationDescription("Change a site's labels, or disable it")
        {
            Body = SiteInput(), Example = JsonNode.Parse("""{"labels": {"region": "eu", "ring": "canary"}}"""), Answer = Shape.Object(Site), Errors = [BadRequest, NotFound],
        }),
        (HttpMethods.Delete, "/clustering/sites/{name}", new OperationDescription("Let a site join no more") { Status = StatusCodes.Status204NoContent }),
        (HttpMethods.Get, "/clustering/sites/{name}/tokens", new OperationDescription("List a site's enrolment tokens") { Answer = Shape.Page(Shape.Object(EnrollmentToken)), Errors = [NotFound] }),
        (HttpMethods.Post, "/clustering/sites/{name}/tokens", new OperationDescription("Make an enrolment token for a site, which is shown this once")
        {
            Body = Shape.Optional(new FieldSchema("ttl", FieldType.Integer) { Required = true, Between = (60, 86400) }),
            BodyOptional = true,
            Example = JsonNode.Parse("""{"ttl": 900}"""),
            Status = StatusCodes.Status201Created,
            Answer = Shape.Object([.. EnrollmentToken, Shape.Text("token")]),
            Errors = [BadRequest, NotFound],
        }),
        (HttpMethods.Delete, "/clustering/sites/{name}/tokens/{id}", new OperationDescription("Revoke an enrolment token") { Status = StatusCodes.Status204NoContent }),
        (HttpMethods.Get, "/clustering/certificates", new OperationDescription("List the certificates that were issued here")
        {
            Query = [.. Shape.Paging, new FieldSchema("site", FieldType.String)],
            Answer = Shape.Page(Shape.Object(
                Shape.Text("serial_number"), Shape.Text("site"), Shape.Text("cause"), Shape.Text("authority"), Shape.Text("address").OrNull(), Shape.Whole("issued_at"), Shape.Whole("expires_at"),
                Shape.Whole("revoked_at").OrNull())),
            Errors = [BadRequest],
        }),
        (HttpMethods.Get, "/clustering/revoked-certificates", new OperationDescription("List the certificates that are refused") { Answer = Shape.Page(Shape.Object(Revoked)) }),
        (HttpMethods.Post, "/clustering/revoked-certificates", new OperationDescription("Refuse a certificate from now on, whoever signed it")
        {
            Body = RevocationInput(),
            Example = JsonNode.Parse("""{"serial_number": "0A1B2C3D", "reason": "the machine was lost"}"""),
            Status = StatusCodes.Status201Created,
            Answer = Shape.Object(Revoked),
            Errors = [BadRequest, Conflict],
        }),
        (HttpMethods.Get, "/clustering/releases", new OperationDescription("Show which revision which sites run, and what waits") { Answer = Release() }),
        (HttpMethods.Post, "/clustering/releases/stage", Move("Give a revision to some sites only", """{"sites": {"ring": "canary"}, "max_error_rise": 0.05, "min_requests": 50}""",
            Shape.Map("sites"), Shape.Whole("revision"), Shape.Number("max_error_rise"), Shape.Whole("min_requests"))),
        (HttpMethods.Post, "/clustering/releases/promote", Move("Give every site the staged revision", "{}")),
        (HttpMethods.Post, "/clustering/releases/abort", Move("Give the staged sites what the others run", """{"reason": "errors rise"}""", Shape.Text("reason"))),
        (HttpMethods.Post, "/clustering/releases/rollback", Move("Give every site an earlier revision at once", """{"to": 1, "reason": "errors rise"}""", Shape.Whole("to"), Shape.Text("reason"))),
        (HttpMethods.Get, "/analytics/requests", new OperationDescription("Show what the data planes served, per minute and in total")
        {
            Query = [.. ((string[])["from", "to", "by", "metric", "site", "service", "route", "status"]).Select(name => new FieldSchema(name, FieldType.String))],
            Answer = Shape.Object(
                Shape.Text("metric"), Shape.Whole("from"), Shape.Whole("to"), Shape.Texts("by"), Shape.Record("total", Shape.Whole("count"), Shape.Number("sum")), Groups("groups"), Groups("minutes")),
            Errors = [BadRequest],
        }),
        (HttpMethods.Get, "/upstreams/{parent}/health", new OperationDescription("Show how the data planes find an upstream's targets")
        {
            Query = [.. Shape.Paging, new FieldSchema("balancer_health", FieldType.Integer) { Between = (0, 1) }],
            Answer = Health(),
            Errors = [BadRequest, NotFound],
        }),
        .. ((string[])["healthy", "unhealthy"]).SelectMany(verdict => (string[])[$"/upstreams/{{parent}}/targets/{{key}}/{verdict}", $"/upstreams/{{parent}}/targets/{{key}}/{{address}}/{verdict}"])
            .Select(path => (HttpMethods.Put, path, new OperationDescription("Kong's; always refused here: data planes find out by themselves")
            {
                Status = StatusCodes.Status405MethodNotAllowed, Answer = Shape.Reference(EntityComponents.Error),
            })),
    ];

    private static IReadOnlyList<FieldSchema> DataPlane =>
    [
        Shape.Text("id"), Shape.Text("hostname"), Shape.Text("ip").OrNull(), Shape.Text("site"), Shape.Text("version"), Shape.Map("labels"), Shape.Text("config_hash").OrNull(), Shape.Whole("revision"),
        Shape.Text("sync_status"), Shape.Whole("last_seen"), Shape.Whole("updated_at"), Shape.Flag("connected"), Shape.Record("cert_details", Shape.Whole("expiry_timestamp"), Shape.Text("authority").OrNull()), Shape.Text("last_refusal").OrNull(),
        Shape.List("incompatibilities", Shape.Record("incompatibility", Shape.Text("field"), Shape.Text("problem"), Shape.Text("allowed").OrNull())),
    ];

    private static IReadOnlyList<FieldSchema> Site => [Shape.Text("name"), Shape.Flag("enabled"), Shape.Map("labels"), Shape.Whole("created_at"), Shape.Whole("updated_at")];

    private static IReadOnlyList<FieldSchema> EnrollmentToken =>
    [
        Shape.Text("id"), Shape.Text("site"), Shape.Whole("created_at"), Shape.Whole("expires_at"), Shape.Whole("used_at").OrNull(), Shape.Text("used_by").OrNull(), Shape.Text("serial_number").OrNull(),
    ];

    private static IReadOnlyList<FieldSchema> Revoked => [Shape.Text("serial_number"), Shape.Text("reason").OrNull(), Shape.Whole("revoked_at")];

    private static JsonObject SiteInput(params string[] required)
    {
        var input = Shape.Optional([.. required.Select(name => Shape.Text(name)), Shape.Flag("enabled"), Shape.Map("labels")]);
        if (required.Length > 0)
        {
            input["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        }

        return input;
    }

    private static JsonObject RevocationInput()
    {
        var input = Shape.Object(Shape.Text("serial_number"), Shape.Text("reason"));
        input["required"] = new JsonArray("serial_number");
        return input;
    }

    private static OperationDescription Move(string summary, string example, params FieldSchema[] fields) => new(summary)
    {
        Body = Shape.Optional(fields),
        BodyOptional = true,
        Example = JsonNode.Parse(example),
        Answer = Release(),
        Errors = [BadRequest, Conflict],
    };

    private static JsonObject Release()
    {
        static FieldSchema Counts(string name) => Shape.Record(name, Shape.Whole("requests"), Shape.Whole("errors"), Shape.Number("share"));
        return Shape.Object(
            Shape.Whole("head_revision"),
            Shape.Record("stable", Shape.Whole("revision"), Shape.Flag("held")),
            Shape.Record(
                "stage",
                Shape.Whole("revision"), Shape.Map("sites"), Shape.Texts("matching_sites"), Shape.Text("principal"), Shape.Text("opened_at"), Shape.Text("staged_at"),
                Shape.Record("instances", Shape.Whole("connected"), Shape.Whole("applied"), Shape.Whole("refused")),
                Shape.Record("errors", Counts("before"), Counts("since"), Shape.Number("max_error_rise"), Shape.Whole("min_requests"))).OrNull(),
            Shape.Whole("staged_revisions"),
            Shape.Whole("waiting_revisions"),
            Shape.Text("waiting_because").OrNull(),
            Shape.List(
                "moves",
                Shape.Record("move", Shape.Text("action"), Shape.Whole("revision"), Shape.Text("principal"), Shape.Text("source_address").OrNull(), Shape.Text("reason").OrNull(), Shape.Text("time"))));
    }

    private static FieldSchema Groups(string name) => Shape.List(name, new FieldSchema("group", FieldType.Map));

    private static JsonObject Health() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["data"] = new JsonObject { ["type"] = new JsonArray("array", "object"), ["description"] = "Targets with their health; the upstream itself where balancer_health is 1." },
            ["next"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
            ["offset"] = new JsonObject { ["type"] = "string" },
            ["node_id"] = new JsonObject { ["type"] = "string" },
        },
        ["required"] = new JsonArray("data", "next", "node_id"),
        ["additionalProperties"] = false,
    };
}
