using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.GraphQL;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.GraphQLRateLimitingAdvanced;

/// <summary>The clock stands at 10:20:30 UTC.</summary>
public sealed class GraphQLRateLimitingAdvancedTests(GraphQLFixture fixture) : IClassFixture<GraphQLFixture>
{
    private const string Minute = "\"limit\":[10],\"window_size\":[60],\"window_type\":\"fixed\"";
    private const string Costs = """, "costs":[{"type_path":"Query.allPeople","mul_arguments":["first"]}]""";

    [Fact]
    public async Task Costs_add_up_to_the_limit_and_clients_are_told()
    {
        await using var harness = await StartAsync($$"""{ {{Minute}} }""");

        var first = await harness.QueryAsync("{allPeople{people{name id}}}");
        var second = await harness.QueryAsync("{allPeople{people{name id}}}");
        var third = await harness.QueryAsync("{allPeople{people{name id}}}");
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(30));
        var next = await harness.QueryAsync("{operations}");

        Assert.Equal((200, "5", "10", "5"), (first.Status, first.Header("X-Gql-Query-Cost"), first.Header("X-RateLimit-Limit-Minute"), first.Header("X-RateLimit-Remaining-Minute")));
        Assert.Equal((200, "0"), (second.Status, second.Header("X-RateLimit-Remaining-Minute")));
        Assert.Equal((429, "API rate limit exceeded", "30"), (third.Status, third.Message, third.Header("Retry-After")));
        Assert.Equal("RATE_LIMITED", (string?)JsonNode.Parse(third.Body)!["errors"]![0]!["extensions"]!["code"]);
        Assert.Equal((200, "8"), (next.Status, next.Header("X-RateLimit-Remaining-Minute")));
    }

    [Fact]
    public async Task The_schema_of_the_server_tells_what_fields_cost_and_is_asked_for_once()
    {
        await using var server = await OwnServerAsync();
        await using var harness = await StartAsync($$"""{ "limit":[1000],"window_size":[60] {{Costs}} }""", server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => harness.QueryAsync("{allPeople(first:20){people{name}}}", null, ("Authorization", "Bearer t"))));

        Assert.All(answers, answer => Assert.Equal("42", answer.Header("X-Gql-Query-Cost")));
        var asked = (await server.RequestsAsync()).Single(request => ((string)request["asked"]!["query"]!).Contains("__schema", StringComparison.Ordinal));
        Assert.Equal(("POST", "/graphql", "Bearer t"), ((string?)asked["method"], (string?)asked["path"], (string?)asked["headers"]!["Authorization"]));
        Assert.Equal("6", (await harness.QueryAsync("{a:allPeople(first:1){people{name}} __typename operations}")).Header("X-Gql-Query-Cost"));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "blue")]
    public async Task Which_headers_the_question_for_the_schema_carries_can_be_configured(bool all, string? tenant)
    {
        await using var server = await OwnServerAsync();
        await using var harness = await StartAsync(
            $$"""{ {{Minute}}, "pass_all_downstream_headers":{{(all ? "true" : "false")}} {{Costs}} }""", server);

        await harness.QueryAsync("{operations}", null, ("Tenant", "blue"), ("X-Forwarded-For", "10.1.2.3"));

        Assert.Equal((tenant, null), ((string?)(await server.RequestsAsync())[0]["headers"]!["Tenant"], (string?)(await server.RequestsAsync())[0]["headers"]!["X-Forwarded-For"]));
    }

    [Fact]
    public async Task An_old_schema_serves_while_it_is_asked_for_again()
    {
        await using var server = await OwnServerAsync();
        await using var harness = await StartAsync($$"""{ "limit":[1000],"window_size":[60] {{Costs}} }""", server);
        await harness.QueryAsync("{operations}");
        harness.Plane.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("42", (await harness.QueryAsync("{allPeople(first:20){people{name}}}")).Header("X-Gql-Query-Cost"));
        await Eventually.NotNullAsync(async () => await IntrospectionsAsync(server) == 2 ? server : null);
    }

    [Fact]
    public async Task A_service_of_several_targets_is_asked_at_one_of_them()
    {
        await using var server = await OwnServerAsync();
        await using var plane = await PluginHarness.StartAsync();
        var configuration = plane.Configuration;
        configuration.Target(configuration.Upstream("graph"), server.Url.Authority);
        var service = configuration.Service("graph", new Uri("http://graph/graphql"));
        configuration.Route("graph", service, route => route with { Paths = ["/graphql"] });
        configuration.Plugin("graphql-rate-limiting-advanced", JsonNode.Parse($$"""{ {{Minute}} {{Costs}} }""")!.AsObject(), service: service);
        await plane.ApplyAsync();

        var answer = await plane.GetAsync("/graphql?query={allPeople(first:4){people{name}}}");

        Assert.Equal((200, "10"), (answer.Status, answer.Header("X-Gql-Query-Cost")));
        Assert.Equal(1, await IntrospectionsAsync(server));
    }

    [Fact]
    public async Task Without_a_schema_nobody_knows_the_cost_and_the_server_is_asked_again_after_a_pause()
    {
        var asked = 0;
        await using var plane = await PluginHarness.StartAsync(http =>
        {
            Interlocked.Increment(ref asked);
            http.Response.StatusCode = 500;
            return http.Response.WriteAsync("no");
        });
        plane.Configuration.Plugin("graphql-rate-limiting-advanced", JsonNode.Parse($$"""{ {{Minute}} {{Costs}} }""")!.AsObject());
        await plane.ApplyAsync();

        var first = await plane.GetAsync("/x?query={a}");
        await plane.GetAsync("/x?query={a}");

        Assert.Equal((503, "The schema of the GraphQL server is not available", 1), (first.Status, first.Message, asked));
        plane.Time.Advance(TimeSpan.FromSeconds(5));
        await plane.GetAsync("/x?query={a}");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_client_whom_the_server_does_not_tell_its_schema_keeps_nobody_else_from_it()
    {
        await using var plane = await PluginHarness.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Headers.Authorization == "Bearer good" ? 200 : 401;
            return http.Response.WriteAsync("""{"data":{"__schema":{"queryType":{"name":"Query"},"types":[{"name":"Query","fields":[{"name":"allPeople","type":{"name":"P"},"args":[]}]}]}}}""");
        });
        plane.Configuration.Plugin("graphql-rate-limiting-advanced", JsonNode.Parse($$"""{ "limit":[1000],"window_size":[60] {{Costs}} }""")!.AsObject());
        await plane.ApplyAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => plane.GetAsync("/x?query={allPeople(first:3){a}}", ("Authorization", i == 7 ? "Bearer good" : "Bearer bad"))));
        Assert.Equal((200, "5"), (answers[7].Status, answers[7].Header("X-Gql-Query-Cost")));

        // Known now, whoever asks: what follows is the server's own answer.
        Assert.Equal((401, "5"), await plane.GetAsync("/x?query={allPeople(first:3){a}}", ("Authorization", "Bearer bad")) is var bad ? (bad.Status, bad.Header("X-Gql-Query-Cost")) : default);
    }

    [Fact]
    public async Task A_query_that_costs_too_much_is_refused_whatever_is_left_and_not_counted()
    {
        await using var harness = await StartAsync($$"""{ {{Minute}}, "max_cost":3 }""");

        var refused = await harness.QueryAsync("{allPeople{people{name}}}");
        var cheap = await harness.QueryAsync("{operations}");

        Assert.Equal((403, "API max cost limit exceeded", "4"), (refused.Status, refused.Message, refused.Header("X-Gql-Query-Cost")));
        Assert.Equal((200, "8"), (cheap.Status, cheap.Header("X-RateLimit-Remaining-Minute")));
    }

    [Fact]
    public async Task Costs_are_multiplied_by_the_score_factor_and_add_up_exactly()
    {
        await using var harness = await StartAsync("""{"limit":[1],"window_size":[60],"window_type":"fixed","score_factor":0.05}""");

        var statuses = new List<int>();
        for (var i = 0; i < 11; i++)
        {
            statuses.Add((await harness.QueryAsync("{operations}")).Status);
        }

        Assert.Equal([.. Enumerable.Repeat(200, 10), 429], statuses);
    }

    [Fact]
    public async Task By_quantifiers_what_is_not_configured_costs_one_together()
    {
        await using var harness = await StartAsync($$"""{ {{Minute}}, "cost_strategy":"node_quantifier" }""");

        Assert.Equal("1", (await harness.QueryAsync("{allPeople(first:20){people{name}}}")).Header("X-Gql-Query-Cost"));
    }

    [Fact]
    public async Task Of_a_batch_everything_counts_and_what_cannot_be_read_is_refused_with_400()
    {
        await using var harness = await StartAsync($$"""{ {{Minute}}, "hide_client_headers":true }""");

        Assert.Equal(200, (await harness.PostAsync("""[{"query":"{operations}"},{"query":"{a:operations b:operations c:operations d:operations}"}]""")).Status);
        var last = await harness.QueryAsync("{a:operations b:operations c:operations}");
        Assert.Equal(429, last.Status);
        Assert.DoesNotContain(last.Headers.Keys, name => name.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Gql", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(400, (await harness.QueryAsync("{operations")).Status);
    }

    [Fact]
    public async Task Consumers_have_a_budget_each()
    {
        await using var harness = await GraphQLHarness.StartAsync(fixture.Server);
        harness.Plane.Key(harness.Plane.Configuration.Consumer("ann"), "a");
        harness.Plane.Key(harness.Plane.Configuration.Consumer("bob"), "b");
        harness.Plane.Configuration.Plugin("key-auth");
        harness.Plane.Configuration.Plugin("graphql-rate-limiting-advanced", JsonNode.Parse("""{"limit":[2],"window_size":[60]}""")!.AsObject());
        await harness.Plane.ApplyAsync();

        Assert.Equal(200, (await harness.QueryAsync("{operations}", null, ("apikey", "a"))).Status);
        Assert.Equal(429, (await harness.QueryAsync("{operations}", null, ("apikey", "a"))).Status);
        Assert.Equal(200, (await harness.QueryAsync("{operations}", null, ("apikey", "b"))).Status);
    }

    [Fact]
    public async Task Data_planes_share_their_counters_exactly_until_Redis_is_gone()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        var config = $$"""{"limit":[30],"window_size":[100000000],"namespace":"g","strategy":"redis","sync_rate":0,"redis":{"host":"127.0.0.1","port":{{redis.Port}} } }""";
        await using var first = await StartAsync(config);
        await using var second = await StartAsync(config);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).QueryAsync("{operations}")));
        Assert.Equal(15, answers.Count(answer => answer.Status == 200));

        await redis.KillAsync();
        Assert.Equal(200, (await first.QueryAsync("{operations}")).Status);
    }

    [Theory]
    [InlineData("""{"limit":[1,2],"window_size":[60]}""", "config.limit: You must provide the same number of windows and limits")]
    [InlineData("""{"limit":[1],"window_size":[60],"strategy":"cluster"}""", "config.strategy: 'cluster' is not supported by this version")]
    [InlineData("""{"limit":[1],"window_size":[60],"strategy":"redis"}""", "config.redis.host: required field missing")]
    [InlineData("""{"limit":[1],"window_size":[60],"score_factor":0}""", "config.score_factor: value must be greater than 0")]
    [InlineData("""{"limit":[1],"window_size":[60],"costs":[{"type_path":"allPeople"}]}""", "config.costs[0].type_path: must be a type and a field")]
    [InlineData("""{"limit":[1],"window_size":[60],"costs":[{"type_path":"Q.a"},{"type_path":"Q.a"}]}""", "config.costs[1].type_path: values must be distinct")]
    [InlineData("""{"limit":[1],"window_size":[60],"costs":[{"type_path":"Q.a","mul_arguments":["a b"]}]}""", "config.costs[0].mul_arguments[0]: must be the name of an argument")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string config, string problem)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("graphql-rate-limiting-advanced", JsonNode.Parse(config)!.AsObject());

        var result = await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot());

        Assert.Contains(result.Errors, error => error.ToString().Contains(problem, StringComparison.Ordinal));
    }

    private static async Task<int> IntrospectionsAsync(GraphQLServer server) =>
        (await server.RequestsAsync()).Count(request => ((string)request["asked"]!["query"]!).Contains("__schema", StringComparison.Ordinal));

    private Task<GraphQLHarness> StartAsync(string config, GraphQLServer? server = null) =>
        GraphQLHarness.StartAsync(server ?? fixture.Server, "graphql-rate-limiting-advanced", config);

    // What a test counts at the server nobody else may ask; skipped where there is none.
    private Task<GraphQLServer> OwnServerAsync()
    {
        _ = fixture.Server;
        return GraphQLServer.StartAsync();
    }
}
