using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.ControlPlane.Admin.OpenApi;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Tests.Admin.OpenApi;

/// <summary><c>/openapi.json</c> says what the Admin API does: every operation is called, and its answer held to the document.</summary>
public sealed partial class OpenApiTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    // What can't succeed here, and the documented status that says so.
    private static readonly Dictionary<string, HttpStatusCode> Refused = new(StringComparer.Ordinal)
    {
        // Enrolment needs a CA's key.
        ["POST /clustering/sites/{name}/tokens"] = HttpStatusCode.BadRequest,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_is_in_it_and_nothing_else()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        var document = await DocumentAsync(api);
        var endpoints = (await api.Client.GetFromJsonAsync<JsonObject>("/endpoints", Token))!["data"]!.AsArray().Select(path => (string)path!);

        Assert.Equal(endpoints, document["paths"]!.AsObject().Select(path => path.Key));
        var documented = Operations(document).Select(operation => $"{operation.Method} {operation.Path}").ToHashSet(StringComparer.Ordinal);
        Assert.All(AdminApiDocument.All(), entry => Assert.Contains($"{entry.Method} {entry.Pattern}", documented));
    }

    [Fact]
    public async Task Operations_have_ids_of_their_own_and_references_lead_somewhere()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        var document = await DocumentAsync(api);

        Assert.All(Operations(document).GroupBy(operation => (string)operation.Node["operationId"]!, StringComparer.Ordinal), ids => Assert.Single(ids));
        foreach (var reference in Reference().Matches(document.ToJsonString()).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal))
        {
            Assert.True(reference.Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step]) is not null, $"#/{reference} leads to nothing");
        }
    }

    [Fact]
    public async Task Every_operation_answers_as_it_says()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var document = await DocumentAsync(api);
        var schemas = new DocumentedSchema(document);
        var seed = new SeededConfiguration();
        using var site = await api.Client.PostAsJsonAsync("/clustering/sites", new { name = "edge", labels = new { ring = "canary" } }, Token);
        Assert.Equal(HttpStatusCode.Created, site.StatusCode);

        var problems = new List<string>();
        var isChanged = true;
        foreach (var operation in Operations(document).OrderBy(operation => operation.Method is not "GET").ThenBy(operation => operation.Method is "DELETE"))
        {
            if (isChanged)
            {
                await seed.LoadAsync(api.Client, Token);
            }

            isChanged = operation.Method is not "GET";
            await PrepareAsync(api, operation);
            problems.AddRange((await CallAsync(api, schemas, operation)).Select(problem => $"{operation.Method} {operation.Path}: {problem}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task What_is_not_there_is_refused_as_it_says()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var document = await DocumentAsync(api);
        var schemas = new DocumentedSchema(document);

        var problems = new List<string>();
        foreach (var operation in Operations(document).Where(operation => operation.Node["responses"]!["404"] is not null && operation.Method is "GET"))
        {
            using var response = await api.Client.GetAsync(Parameter().Replace(operation.Path, "99999999-9999-4999-8999-999999999999"), Token);
            var text = await response.Content.ReadAsStringAsync(Token);
            problems.AddRange(response.StatusCode is not HttpStatusCode.NotFound
                ? [$"GET {operation.Path}: {(int)response.StatusCode} {text}"]
                : (await schemas.CheckAsync(Schema(document, operation, "404")!, text)).Select(problem => $"GET {operation.Path}: {problem} in {text}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>The check that the others rely on can fail.</summary>
    [Theory]
    [InlineData("""{"name": "a"}""")]
    [InlineData("""{"unknown": 1}""")]
    public async Task An_answer_that_is_not_as_documented_is_found(string change)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var schemas = new DocumentedSchema(await DocumentAsync(api));
        using var made = await api.Client.PostAsJsonAsync("/plugins", new { name = "correlation-id" }, Token);
        var right = await made.Content.ReadAsStringAsync(Token);
        var wrong = JsonNode.Parse(right)!.AsObject();
        foreach (var (field, value) in JsonNode.Parse(change)!.AsObject())
        {
            ((JsonObject)(field is "unknown" ? wrong["config"]! : wrong))[field] = field is "unknown" ? value!.DeepClone() : 5;
        }

        Assert.Empty(await schemas.CheckAsync(Plugin(), right));
        Assert.NotEmpty(await schemas.CheckAsync(Plugin(), wrong.ToJsonString()));

        static JsonObject Plugin() => new() { ["$ref"] = "#/components/schemas/Plugin" };
    }

    private static async Task<IReadOnlyList<string>> CallAsync(RunningAdminApi api, DocumentedSchema schemas, Operation operation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), await PathAsync(api, operation));
        if (operation.Node["requestBody"]?["content"]?["application/json"] is JsonObject media)
        {
            var body = Body(operation, media["example"]!);
            if (await schemas.CheckAsync(media["schema"]!, body) is { Count: > 0 } wrong)
            {
                return [.. wrong.Select(problem => $"the example is not as documented: {problem} in {body}")];
            }

            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await api.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        var status = $"{(int)response.StatusCode}";
        var expected = Refused.TryGetValue($"{operation.Method} {operation.Path}", out var refused) ? [$"{(int)refused}"] : operation.Node["responses"]!.AsObject().Select(entry => entry.Key).Where(code => code[0] is '2').ToList();

        // Those that Kong has, and a hybrid gateway can't do, say so by their first status.
        expected = expected.Count > 0 ? expected : [operation.Node["responses"]!.AsObject().First().Key];
        if (!expected.Contains(status, StringComparer.Ordinal))
        {
            return [$"answered {status}, not {string.Join(" or ", expected)}: {text}"];
        }

        return Schema(operation.Document, operation, status) is not { } schema
            ? text.Length > 0 ? [$"answered {text} where nothing is documented"] : []
            : [.. (await schemas.CheckAsync(schema, text)).Select(problem => $"{problem} in {text}")];
    }

    private static JsonNode? Schema(JsonObject document, Operation operation, string status)
    {
        var response = operation.Node["responses"]![status]!;
        response = (string?)response["$ref"] is { } reference ? document["components"]!["responses"]![reference.Split('/')[^1]]! : response;
        return response["content"]?["application/json"]?["schema"];
    }

    private static string Body(Operation operation, JsonNode example) => example.ToJsonString()
        .Replace(Json(EntityExamples.Certificate), Json((operation.Path.Contains("ca_certificates", StringComparison.Ordinal) ? SeededConfiguration.Authority : SeededConfiguration.Leaf).Certificate), StringComparison.Ordinal)
        .Replace(Json(EntityExamples.Key), Json(SeededConfiguration.Leaf.Key), StringComparison.Ordinal)
        .Replace("\"CERTIFICATE\"", $"\"{SeededConfiguration.Id(EntityKinds.Certificates)}\"", StringComparison.Ordinal);

    private static string Json(string text) => JsonValue.Create(text).ToJsonString();

    private static async Task<string> PathAsync(RunningAdminApi api, Operation operation)
    {
        var segments = operation.Path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = segments[i] switch
            {
                "{key}" when operation.Path is "/plugins/{key}/consumer_group" or "/consumer_groups/{parent}/plugins/{key}" => SeededConfiguration.GroupsPlugin,
                "{parent}" or "{key}" => SeededConfiguration.IdBehind(segments[i - 1])!,
                "{plugin}" => SeededConfiguration.CachePlugin,
                "{entity}" => "services",
                "{name}" => operation.Path.StartsWith("/schemas", StringComparison.Ordinal) ? "rate-limiting" : "edge",
                "{tag}" => "seed",
                "{address}" => "10.0.0.1:80",
                "{revision}" => "1",
                "{id}" => await TokenIdAsync(api),
                var literal => literal,
            };
        }

        return string.Join('/', segments);
    }

    private static async Task<string> TokenIdAsync(RunningAdminApi api)
    {
        using var made = await api.Client.PostAsJsonAsync("/tokens", new { name = $"token-{Guid.NewGuid():N}", role = "viewer" }, Token);
        return (string)(await made.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!;
    }

    private static async Task PrepareAsync(RunningAdminApi api, Operation operation)
    {
        if (operation.Path is "/clustering/releases/promote" or "/clustering/releases/abort")
        {
            using var staged = await api.Client.PostAsJsonAsync("/clustering/releases/stage", new { sites = new { ring = "canary" } }, Token);
            Assert.True(staged.IsSuccessStatusCode, await staged.Content.ReadAsStringAsync(Token));
        }

        // What others refer to stays.
        if (operation is { Method: "DELETE", Path: "/services/{key}" or "/certificates/{parent}/services/{key}" })
        {
            using var deleted = await api.Client.DeleteAsync($"/routes/{SeededConfiguration.Id(EntityKinds.Routes)}", Token);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        if (operation is { Method: "DELETE", Path: "/certificates/{key}" })
        {
            foreach (var user in (string[])[$"/services/{SeededConfiguration.Id(EntityKinds.Services)}", $"/upstreams/{SeededConfiguration.Id(EntityKinds.Upstreams)}"])
            {
                using var changed = await api.Client.PatchAsJsonAsync(user, new JsonObject { ["client_certificate"] = null }, Token);
                Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            }
        }
    }

    private static async Task<JsonObject> DocumentAsync(RunningAdminApi api) => (await api.Client.GetFromJsonAsync<JsonObject>("/openapi.json", Token))!;

    private static IEnumerable<Operation> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where method.Key is not "parameters"
        select new Operation(document, method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject());

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("\"#/(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    private sealed record Operation(JsonObject Document, string Method, string Path, JsonObject Node);
}
