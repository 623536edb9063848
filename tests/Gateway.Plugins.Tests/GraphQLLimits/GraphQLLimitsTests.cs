using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.GraphQL;

namespace Gateway.Plugins.Tests.GraphQLLimits;

public sealed class GraphQLLimitsTests(GraphQLFixture fixture) : IClassFixture<GraphQLFixture>
{
    private const string Lenient = """{"allow_introspection":true}""";

    [Theory]
    [InlineData("{ hero(id: 1) { name } }")]
    [InlineData("query A($id: ID!) { hero(id: $id) { ...P } } fragment P on Person { name __typename }")]
    [InlineData("{ __typename }")]
    public async Task A_query_within_the_limits_reaches_the_server(string query)
    {
        await using var harness = await StartAsync("{}");

        var answer = await harness.QueryAsync(query, new JsonObject { ["id"] = "1" });

        Assert.Equal(200, answer.Status);
        Assert.NotNull(JsonNode.Parse(answer.Body)!["data"]);
    }

    [Theory]
    [InlineData("""{"max_depth":3}""", "{hero(id:1){friends{name}}}", null)]
    [InlineData("""{"max_depth":2}""", "{hero(id:1){friends{name}}}", "MAX_DEPTH_EXCEEDED: Query depth of 3 exceeds the limit of 2")]
    [InlineData("""{"max_depth":2}""", "{hero(id:1){...P}} fragment P on Person{friends{...on Person{name}}}", "MAX_DEPTH_EXCEEDED: Query depth of 3 exceeds the limit of 2")]
    [InlineData("""{"max_aliases":1}""", "{a:hero(id:1){name}}", null)]
    [InlineData("""{"max_aliases":1}""", "{a:hero(id:1){b:name}}", "MAX_ALIASES_EXCEEDED: Number of aliases of 2 exceeds the limit of 1")]
    [InlineData("""{"max_aliases":3}""", "{...A ...A} fragment A on Query{...B ...B} fragment B on Query{x:operations}", "MAX_ALIASES_EXCEEDED: Number of aliases of 4 exceeds the limit of 3")]
    [InlineData("""{"max_directives":1}""", "{hero(id:1)@skip(if:false){name@include(if:true)}}", "MAX_DIRECTIVES_EXCEEDED: Number of directives of 2 exceeds the limit of 1")]
    [InlineData("""{"max_directives":1}""", "query @a {...@b{operations}}", "MAX_DIRECTIVES_EXCEEDED: Number of directives of 2 exceeds the limit of 1")]
    [InlineData("""{"max_query_length":10}""", "{operations}", "MAX_QUERY_LENGTH_EXCEEDED: Query length of 12 exceeds the limit of 10")]
    [InlineData("{}", "{__schema{queryType{name}}}", "INTROSPECTION_DISABLED: GraphQL introspection is not allowed")]
    [InlineData("{}", "{...T} fragment T on Query{x:__type(name:\"Person\"){name}}", "INTROSPECTION_DISABLED: GraphQL introspection is not allowed")]
    [InlineData("""{"allow_introspection":true}""", "{__schema{queryType{name}}}", null)]
    public async Task What_asks_for_too_much_is_refused_as_GraphQL_errors(string config, string query, string? problem)
    {
        await using var harness = await StartAsync(config);
        var before = (await harness.Server.RequestsAsync()).Count;

        var answer = await harness.QueryAsync(query);

        Assert.Equal(problem, Problem(answer));
        Assert.Equal(problem is null ? 200 : 400, answer.Status);
        Assert.Equal(problem is null ? before + 1 : before, (await harness.Server.RequestsAsync()).Count);
    }

    [Fact]
    public async Task Of_several_operations_the_named_one_counts()
    {
        await using var harness = await StartAsync("""{"max_depth":1}""");
        const string Two = "query A{operations} query B{hero(id:1){name}}";

        Assert.Equal(200, (await PostAsync(harness, Two, "A")).Status);
        Assert.StartsWith("MAX_DEPTH_EXCEEDED", Problem(await PostAsync(harness, Two, "B")), StringComparison.Ordinal);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED: Unknown operation named \"C\"", Problem(await PostAsync(harness, Two, "C")));
        Assert.Equal("GRAPHQL_VALIDATION_FAILED: Must provide operation name if query contains multiple operations", Problem(await PostAsync(harness, Two, null)));
        Assert.Equal("GRAPHQL_VALIDATION_FAILED: There can be only one operation named \"A\"", Problem(await PostAsync(harness, "query A{operations} query A{tenant}", "A")));
    }

    [Fact]
    public async Task A_batch_is_refused_unless_it_is_allowed_and_each_of_its_queries_is_looked_at()
    {
        const string Batch = """[{"query":"{operations}"},{"query":"{__schema{queryType{name}}}"}]""";
        await using var strict = await StartAsync(Lenient);
        await using var wide = await StartAsync("""{"max_batch_size":2}""");
        await using var lenient = await StartAsync("""{"max_batch_size":2,"allow_introspection":true}""");

        Assert.Equal("MAX_BATCH_SIZE_EXCEEDED: Batch size of 2 exceeds the limit of 1", Problem(await strict.PostAsync(Batch)));
        Assert.StartsWith("INTROSPECTION_DISABLED", Problem(await wide.PostAsync(Batch)), StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse((await lenient.PostAsync(Batch)).Body)!.AsArray().Count);
    }

    [Theory]
    [InlineData("{operations", "GRAPHQL_PARSE_FAILED: Syntax Error:")]
    [InlineData("{...A} fragment A on Query{...B} fragment B on Query{...A}", "GRAPHQL_VALIDATION_FAILED: Cannot spread a fragment within itself")]
    [InlineData("{...A}", "GRAPHQL_VALIDATION_FAILED: Unknown fragment \"A\"")]
    [InlineData("{...A} fragment A on Query{a} fragment A on Query{b}", "GRAPHQL_VALIDATION_FAILED: There can be only one fragment named \"A\"")]
    [InlineData("fragment A on Query{a}", "GRAPHQL_VALIDATION_FAILED: Must provide an operation")]
    public async Task A_document_that_no_server_could_run_is_refused(string query, string problem)
    {
        await using var harness = await StartAsync("{}");

        var answer = await harness.QueryAsync(query);

        Assert.Equal(400, answer.Status);
        Assert.StartsWith(problem, Problem(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query":"{operations}","query":"{tenant}"}""", "application/json", 400)]
    [InlineData("""{"variables":{}}""", "application/json", 400)]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}""", "application/json", 400)]
    [InlineData("""{"query":"{operations}","variables":[1]}""", "application/json", 400)]
    [InlineData("""{"query":"{operations}","operationName":7}""", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("query=%7Boperations%7D", "application/x-www-form-urlencoded", 415)]
    [InlineData("""{"query":"{operations}"}""", "application/json; charset=utf-16", 415)]
    [InlineData("""{"query":"{operations}"}""", "text/plain", 415)]
    public async Task What_a_server_might_read_in_another_way_is_refused(string body, string type, int status)
    {
        await using var harness = await StartAsync(Lenient);

        var answer = await harness.PostAsync(body, type);

        Assert.Equal(status, answer.Status);
        Assert.NotNull(Problem(answer));
    }

    [Fact]
    public async Task A_query_in_the_query_string_is_looked_at_too_and_there_is_only_one()
    {
        await using var harness = await StartAsync("{}");

        Assert.Equal(200, (await harness.Plane.GetAsync("/graphql?query=%7Boperations%7D")).Status);
        Assert.StartsWith("INTROSPECTION_DISABLED", Problem(await harness.Plane.GetAsync("/graphql?query=%7B__schema%7BqueryType%7Bname%7D%7D%7D")), StringComparison.Ordinal);
        Assert.Equal(400, (await harness.Plane.GetAsync("/graphql?query=%7Boperations%7D&query=%7Btenant%7D")).Status);
        Assert.Equal(400, (await harness.Plane.GetAsync("/graphql")).Status);
        using var both = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql?query=%7Btenant%7D", UriKind.Relative)) { Content = new StringContent("{}") };
        Assert.Equal(400, (await harness.Plane.SendAsync(both)).Status);
    }

    [Fact]
    public async Task Other_methods_compressed_bodies_and_WebSockets_do_not_pass_by()
    {
        await using var harness = await StartAsync(Lenient);
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri("/graphql", UriKind.Relative)) { Content = new StringContent("{}") };
        var refused = await harness.Plane.SendAsync(put);

        Assert.Equal((405, "GET, POST"), (refused.Status, refused.Header("Allow")));
        using var compressed = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative))
        {
            Content = new StringContent("x", System.Text.Encoding.UTF8, "application/json") { Headers = { ContentEncoding = { "gzip" } } },
        };
        Assert.Equal(415, (await harness.Plane.SendAsync(compressed)).Status);
        Assert.Equal(400, (await harness.Plane.GetAsync("/graphql?query=%7Btenant%7D", ("Connection", "Upgrade"), ("Upgrade", "websocket"))).Status);
    }

    [Theory]
    [InlineData("""{"max_depth":0}""", "config.max_depth")]
    [InlineData("""{"max_depth":101}""", "config.max_depth")]
    [InlineData("""{"max_batch_size":0}""", "config.max_batch_size")]
    [InlineData("""{"depth":1}""", "config.depth")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string config, string field)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("graphql-limits", JsonNode.Parse(config)!.AsObject());

        var result = await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot());

        Assert.Contains(result.Errors, error => error.ToString().Contains(field, StringComparison.Ordinal));
    }

    private static Task<PluginHarness.Answer> PostAsync(GraphQLHarness harness, string query, string? operation) =>
        harness.PostAsync(new JsonObject { ["query"] = query, ["operationName"] = operation }.ToJsonString());

    private static string? Problem(PluginHarness.Answer answer)
    {
        if (JsonNode.Parse(answer.Body) is not JsonObject body || body["errors"] is not JsonArray errors)
        {
            return null;
        }

        var first = errors[0]!;
        Assert.Equal((string?)body["message"], (string?)first["message"]);
        return string.Create(CultureInfo.InvariantCulture, $"{first["extensions"]!["code"]}: {first["message"]}");
    }

    private Task<GraphQLHarness> StartAsync(string config) => GraphQLHarness.StartAsync(fixture.Server, "graphql-limits", config);
}
