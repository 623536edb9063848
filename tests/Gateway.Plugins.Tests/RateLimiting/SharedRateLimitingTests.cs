using System.Diagnostics;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Plugins.Redis;
using Gateway.Plugins.Tests.Redis;
using Hybrid.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Tests.RateLimiting;

/// <summary>Data planes that count in one real Redis, by its clock: limits are per year, so that no window ends while a test runs.</summary>
public sealed class SharedRateLimitingTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Of_concurrent_requests_to_several_data_planes_exactly_the_limit_passes()
    {
        var id = Guid.NewGuid();
        await using var first = await StartAsync(fixture.Server, id, new JsonObject { ["year"] = 60 });
        await using var second = await StartAsync(fixture.Server, id, new JsonObject { ["year"] = 60 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? first : second).GetAsync()));

        Assert.Equal(60, answers.Count(answer => answer.Status == 200));
        Assert.Equal(140, answers.Count(answer => answer.Status == 429));
        Assert.Equal(60, first.Upstream.Requests + second.Upstream.Requests);
    }

    [Fact]
    public async Task Clients_are_told_as_with_local_counters()
    {
        await using var harness = await StartAsync(fixture.Server, Guid.NewGuid(), new JsonObject { ["month"] = 1, ["year"] = 2 });

        var first = await harness.GetAsync();
        var second = await harness.GetAsync();

        Assert.Equal([200, 429], [first.Status, second.Status]);
        Assert.Equal(("1", "0", "2", "1"), (first.Header("X-RateLimit-Limit-Month"), first.Header("X-RateLimit-Remaining-Month"), first.Header("X-RateLimit-Limit-Year"), first.Header("X-RateLimit-Remaining-Year")));
        Assert.Equal(("1", "0"), (first.Header("RateLimit-Limit"), first.Header("RateLimit-Remaining")));
        Assert.Null(first.Header("Retry-After"));
        Assert.Equal("1", second.Header("X-RateLimit-Remaining-Year"));
        Assert.Equal(second.Header("RateLimit-Reset"), second.Header("Retry-After"));
        Assert.InRange(int.Parse(second.Header("Retry-After")!), 1, 31 * 86400);
        Assert.Equal("API rate limit exceeded", second.Message);
    }

    [Fact]
    public async Task Each_value_of_a_header_has_its_own_count_and_stays_out_of_Redis()
    {
        await using var harness = await StartAsync(fixture.Server, Guid.NewGuid(), new JsonObject { ["year"] = 1, ["limit_by"] = "header", ["header_name"] = "tenant" });

        Assert.Equal(200, (await harness.GetAsync("/x", ("tenant", "s3cret-a"))).Status);
        Assert.Equal(429, (await harness.GetAsync("/x", ("tenant", "s3cret-a"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("tenant", "s3cret-b"))).Status);
        Assert.DoesNotContain("s3cret", await fixture.Server.AskAsync("keys", "*"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_Redis_gone_each_data_plane_counts_for_itself_until_it_is_back()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync();
        await using var harness = await StartAsync(server, Guid.NewGuid(), new JsonObject { ["year"] = 2 });
        Assert.Equal([200, 200, 429], await StatusesAsync(harness, 3));

        await server.KillAsync();
        Assert.Equal([200, 200, 429], await StatusesAsync(harness, 3));
        Assert.Contains("\"available\":false", await StatusAsync(harness), StringComparison.Ordinal);

        // It comes back empty, and the local count no longer matters.
        await server.StartAgainAsync();
        await Eventually.TrueAsync(async () => (await StatusAsync(harness)).Contains("\"available\":true", StringComparison.Ordinal));
        Assert.Equal([200, 200, 429], await StatusesAsync(harness, 3));
    }

    [Fact]
    public async Task Without_fault_tolerance_no_request_passes_uncounted()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var harness = await StartAsync(server, Guid.NewGuid(), new JsonObject { ["year"] = 2, ["fault_tolerant"] = false });

        var refused = await harness.GetAsync();
        Assert.Equal((500, "An unexpected error occurred"), (refused.Status, refused.Message));

        await server.StartAgainAsync();
        await Eventually.TrueAsync(async () => (await harness.GetAsync()).Status == 200);
    }

    [Fact]
    public async Task A_Redis_that_hangs_costs_the_time_out_once_and_not_for_every_request()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync();
        await using var harness = await StartAsync(server, Guid.NewGuid(), new JsonObject { ["year"] = 1000 }, redis => redis["timeout"] = 500);
        Assert.Equal(200, (await harness.GetAsync()).Status);

        server.Send(Signal.Stop);
        var clock = Stopwatch.StartNew();
        Assert.Equal(200, (await harness.GetAsync()).Status);
        var first = clock.Elapsed;
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(200, (await harness.GetAsync()).Status);
        }

        Assert.InRange(first, TimeSpan.FromMilliseconds(450), TimeSpan.FromSeconds(4));
        Assert.InRange(clock.Elapsed - first, TimeSpan.Zero, TimeSpan.FromSeconds(30 * 0.5 / 2));
        server.Send(Signal.Continue);
        await Eventually.TrueAsync(async () => (await StatusAsync(harness)).Contains("\"available\":true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plugins_with_equal_settings_share_a_connection_over_republications_and_close_it_when_they_are_gone()
    {
        await using var harness = await StartAsync(fixture.Server, Guid.NewGuid(), new JsonObject { ["year"] = 100 });
        harness.Configuration.Plugin("rate-limiting", Config(fixture.Server, new JsonObject { ["year"] = 50 }), route: harness.Route);
        await harness.ApplyAsync(2);
        await harness.GetAsync();
        var connections = harness.Plane.Services.GetRequiredService<RedisConnections>();
        Assert.Equal(1, connections.Count);

        await harness.Plane.ApplyAsync(new ConfigurationBuilder().Snapshot(3));
        await Eventually.TrueAsync(async () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await connections.SweepAsync();
            return connections.Count == 0;
        });
    }

    [Fact]
    public async Task TLS_and_an_access_list_are_no_obstacle_and_a_wrong_password_is()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartWithTlsAsync("limiter", "s3cret", "~gateway:* +@connection +@scripting +@hash +time +expire +exists");
        await using var right = await StartAsync(server, Guid.NewGuid(), Strict(), redis => Sign(redis, "s3cret", verify: false));
        Assert.Equal([200, 429], await StatusesAsync(right, 2));

        await using var wrong = await StartAsync(server, Guid.NewGuid(), Strict(), redis => Sign(redis, "guess", verify: false));
        Assert.Equal(500, (await wrong.GetAsync()).Status);

        await using var untrusted = await StartAsync(server, Guid.NewGuid(), Strict(), redis => Sign(redis, "s3cret", verify: true));
        Assert.Equal(500, (await untrusted.GetAsync()).Status);

        static JsonObject Strict() => new() { ["year"] = 1, ["fault_tolerant"] = false };

        static void Sign(JsonObject redis, string password, bool verify)
        {
            redis["ssl"] = true;
            redis["ssl_verify"] = verify;
            redis["username"] = "limiter";
            redis["password"] = password;
        }
    }

    [Fact]
    public async Task A_cluster_counts_each_caller_on_the_node_that_has_it()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        var nodes = await RedisServer.StartClusterAsync();
        try
        {
            await using var harness = await StartAsync(
                nodes[0],
                Guid.NewGuid(),
                new JsonObject { ["year"] = 2, ["limit_by"] = "header", ["header_name"] = "tenant", ["fault_tolerant"] = false },
                redis =>
                {
                    redis.Remove("host");
                    redis.Remove("port");
                    redis["cluster_nodes"] = new JsonArray(new JsonObject { ["ip"] = nodes[0].Host, ["port"] = nodes[0].Port });
                });

            var answers = await Task.WhenAll(Enumerable.Range(0, 90).Select(i => harness.GetAsync("/x", ("tenant", $"t{i % 30}"))));

            Assert.Equal(60, answers.Count(answer => answer.Status == 200));
            Assert.Equal(30, answers.Count(answer => answer.Status == 429));
            var callers = new List<int>();
            foreach (var primary in nodes.Take(3))
            {
                callers.Add(int.Parse(await primary.AskAsync("--raw", "dbsize")));
            }

            Assert.All(callers, count => Assert.InRange(count, 1, 29));
            Assert.Equal(30, callers.Sum());
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private static async Task<PluginHarness> StartAsync(RedisServer server, Guid id, JsonObject config, Action<JsonObject>? change = null)
    {
        var harness = await PluginHarness.StartAsync();
        var complete = Config(server, config);
        change?.Invoke(complete["redis"]!.AsObject());
        harness.Configuration.Plugin("rate-limiting", complete, id: id);
        await harness.ApplyAsync();
        return harness;
    }

    private static JsonObject Config(RedisServer server, JsonObject config)
    {
        config["policy"] = "redis";
        config["redis"] = new JsonObject { ["host"] = server.Host, ["port"] = server.Port };
        return config;
    }

    private static async Task<List<int>> StatusesAsync(PluginHarness harness, int requests)
    {
        var statuses = new List<int>();
        for (var i = 0; i < requests; i++)
        {
            statuses.Add((await harness.GetAsync()).Status);
        }

        return statuses;
    }

    private static async Task<string> StatusAsync(PluginHarness harness)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(harness.Plane.Status, "/status"));
    }
}
