using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.GraphQL;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.GraphQLProxyCacheAdvanced;

/// <summary>The server's <c>operations</c> says how many operations it has run: it is another each time, unless the cache answers.</summary>
public sealed class GraphQLProxyCacheAdvancedTests(GraphQLFixture fixture) : IClassFixture<GraphQLFixture>
{
    private const string Counting = "query($id: ID!) { operations hero(id: $id) { name } }";

    [Fact]
    public async Task A_query_is_answered_from_the_cache_until_it_is_too_old()
    {
        await using var harness = await StartAsync("{}");
        var variables = new JsonObject { ["id"] = "1" };

        var miss = await harness.QueryAsync(Counting, variables);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(299));
        var hit = await harness.QueryAsync(Counting, variables);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await harness.QueryAsync(Counting, variables);

        Assert.Equal(("Miss", "Hit", "Miss"), (Status(miss), Status(hit), Status(again)));
        Assert.Equal((200, miss.Body, "application/json"), (hit.Status, hit.Body, hit.Header("Content-Type")));
        Assert.Equal(miss.Header("X-Cache-Key"), hit.Header("X-Cache-Key"));
        Assert.NotEqual(miss.Body, again.Body);
    }

    [Fact]
    public async Task Other_variables_another_operation_and_configured_headers_make_a_difference()
    {
        await using var harness = await StartAsync("""{"vary_headers":["tenant"]}""");
        await harness.QueryAsync("{tenant}", null, ("tenant", "a"));

        Assert.Equal("Hit", Status(await harness.QueryAsync("{tenant}", null, ("tenant", "a"))));
        Assert.Contains("\"b\"", (await harness.QueryAsync("{tenant}", null, ("tenant", "b"))).Body, StringComparison.Ordinal);
        Assert.Equal("Miss", Status(await harness.QueryAsync("{tenant}", null, ("tenant", "a"), ("Accept", "application/graphql-response+json"))));
        Assert.Equal("Miss", Status(await harness.QueryAsync("{tenant}", new JsonObject { ["x"] = 1 }, ("tenant", "a"))));
        Assert.Equal("Miss", Status(await harness.QueryAsync("{tenant}", null, ("tenant", "a"), ("Authorization", "Bearer b"))));
    }

    [Fact]
    public async Task A_query_in_the_query_string_is_kept_as_well()
    {
        await using var harness = await StartAsync("{}");
        var first = await harness.Plane.GetAsync("/graphql?query=%7Boperations%7D");

        var second = await harness.Plane.GetAsync("/graphql?query=%7Boperations%7D");

        Assert.Equal(("Hit", first.Body), (Status(second), second.Body));
    }

    [Theory]
    [InlineData("mutation { rename(id: 1, name: \"x\") { name } }")]
    [InlineData("{ fails }")]
    [InlineData("{ nothing }")]
    [InlineData("{ operations")]
    public async Task Mutations_and_results_with_errors_always_come_from_the_server(string query)
    {
        await using var harness = await StartAsync("{}");
        var before = (await harness.Server.RequestsAsync()).Count;

        await harness.QueryAsync(query);
        var second = await harness.QueryAsync(query);

        Assert.NotEqual("Hit", Status(second));
        Assert.Equal(before + 2, (await harness.Server.RequestsAsync()).Count);
    }

    [Fact]
    public async Task A_batch_is_kept_where_all_of_it_are_queries()
    {
        await using var harness = await StartAsync("{}");
        const string Queries = """[{"query":"{operations}"},{"query":"{tenant}"}]""";
        const string Mixed = """[{"query":"{operations}"},{"query":"mutation{rename(id:2,name:\"y\"){id}}"}]""";
        await harness.PostAsync(Queries);
        await harness.PostAsync(Mixed);

        Assert.Equal("Hit", Status(await harness.PostAsync(Queries)));
        Assert.Equal("Bypass", Status(await harness.PostAsync(Mixed)));
    }

    [Fact]
    public async Task Another_generation_leaves_everything_behind()
    {
        var id = Guid.NewGuid();
        await using var harness = await GraphQLHarness.StartAsync(fixture.Server, "graphql-proxy-cache-advanced", "{}", id);
        await harness.QueryAsync("{operations}");
        var purged = new DataPlane.Tests.Hosting.Support.ConfigurationBuilder();
        purged.Plugin("graphql-proxy-cache-advanced", new JsonObject { ["generation"] = 1 }, service: harness.Service, id: id);

        await harness.Plane.Plane.ApplyAsync(purged.Delta(2));

        Assert.Equal("Miss", Status(await harness.QueryAsync("{operations}")));
        Assert.Equal("Hit", Status(await harness.QueryAsync("{operations}")));
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 500)]
    public async Task In_Redis_it_is_one_cache_for_all_data_planes_and_without_Redis_as_configured(bool bypasses, int status)
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        var id = Guid.NewGuid();
        var config = $$"""{"strategy":"redis","bypass_on_err":{{(bypasses ? "true" : "false")}},"redis":{"host":"127.0.0.1","port":{{redis.Port}} } }""";
        await using var first = await GraphQLHarness.StartAsync(fixture.Server, "graphql-proxy-cache-advanced", config, id);
        await using var second = await GraphQLHarness.StartAsync(fixture.Server, "graphql-proxy-cache-advanced", config, id);
        await ShareServiceAsync(first, second, id, config);

        // Nobody waits for what is written to Redis.
        var kept = await Eventually.NotNullAsync(async () => await first.QueryAsync("{operations}") is var answer && Status(answer) == "Hit" ? answer : null);
        var shared = await second.QueryAsync("{operations}");
        await redis.KillAsync();
        var without = await second.QueryAsync("{operations}");

        Assert.Equal(("Hit", kept.Body), (Status(shared), shared.Body));
        Assert.Equal((status, bypasses ? "Bypass" : null), (without.Status, Status(without)));
    }

    [Theory]
    [InlineData("""{"strategy":"redis"}""", "config.redis.host")]
    [InlineData("""{"cache_ttl":0}""", "config.cache_ttl")]
    [InlineData("""{"vary_headers":["a b"]}""", "config.vary_headers")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string config, string field)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("graphql-proxy-cache-advanced", JsonNode.Parse(config)!.AsObject());

        var result = await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot());

        Assert.Contains(result.Errors, error => error.ToString().Contains(field, StringComparison.Ordinal));
    }

    // Two data planes of one configuration have the same route; the key has its id.
    private static async Task ShareServiceAsync(GraphQLHarness first, GraphQLHarness second, Guid id, string config)
    {
        var builder = new DataPlane.Tests.Hosting.Support.ConfigurationBuilder();
        var service = builder.Service("graphql", first.Server.Url);
        builder.Route("graphql", service, route => route with { Paths = ["/graphql"] });
        builder.Plugin("graphql-proxy-cache-advanced", JsonNode.Parse(config)!.AsObject(), service: service, id: id);
        await first.Plane.Plane.ApplyAsync(builder.Snapshot(2));
        await second.Plane.Plane.ApplyAsync(builder.Snapshot(2));
        first.Plane.Plane.Client.DefaultRequestHeaders.Host = second.Plane.Plane.Client.DefaultRequestHeaders.Host = "graphql.example";
    }

    private static string? Status(PluginHarness.Answer answer) => answer.Header("X-Cache-Status");

    private Task<GraphQLHarness> StartAsync(string config) => GraphQLHarness.StartAsync(fixture.Server, "graphql-proxy-cache-advanced", config);
}
