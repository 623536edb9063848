using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.Plugins.Tests.RateLimiting;

/// <summary>The clock stands at 10:20:30 UTC on 17 May.</summary>
public sealed class RateLimitingTests
{
    [Fact]
    public async Task So_many_requests_pass_in_a_minute_and_clients_are_told()
    {
        await using var harness = await StartAsync(new JsonObject { ["minute"] = 2 });

        var first = await harness.GetAsync();
        var second = await harness.GetAsync();
        var third = await harness.GetAsync();

        Assert.Equal([200, 200, 429], [first.Status, second.Status, third.Status]);
        Assert.Equal(("2", "1"), (first.Header("X-RateLimit-Limit-Minute"), first.Header("X-RateLimit-Remaining-Minute")));
        Assert.Equal(("2", "1", "30"), (first.Header("RateLimit-Limit"), first.Header("RateLimit-Remaining"), first.Header("RateLimit-Reset")));
        Assert.Equal("0", second.Header("X-RateLimit-Remaining-Minute"));
        Assert.Null(second.Header("Retry-After"));
        Assert.Equal("API rate limit exceeded", third.Message);
        Assert.Equal(("0", "30", "30"), (third.Header("RateLimit-Remaining"), third.Header("RateLimit-Reset"), third.Header("Retry-After")));
        Assert.Equal(2, harness.Upstream.Requests);
    }

    [Fact]
    public async Task The_next_window_begins_with_the_calendar()
    {
        await using var harness = await StartAsync(new JsonObject { ["minute"] = 1 });
        Assert.Equal(200, (await harness.GetAsync()).Status);
        harness.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(429, (await harness.GetAsync()).Status);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await harness.GetAsync()).Status);
    }

    [Fact]
    public async Task Of_several_limits_the_tightest_is_told_and_a_refusal_takes_from_none()
    {
        await using var harness = await StartAsync(new JsonObject { ["second"] = 2, ["hour"] = 3 });

        var first = await harness.GetAsync();
        await harness.GetAsync();
        var refused = await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        var later = await harness.GetAsync();

        Assert.Equal(("2", "1", "1"), (first.Header("RateLimit-Limit"), first.Header("RateLimit-Remaining"), first.Header("RateLimit-Reset")));
        Assert.Equal(429, refused.Status);
        Assert.Equal("1", refused.Header("X-RateLimit-Remaining-Hour"));
        Assert.Equal(200, later.Status);
        Assert.Equal(("0", "3"), (later.Header("X-RateLimit-Remaining-Hour"), later.Header("RateLimit-Limit")));
        Assert.Equal((39 * 60) + 29, int.Parse(later.Header("RateLimit-Reset")!));
    }

    [Fact]
    public async Task Of_concurrent_requests_exactly_the_limit_passes()
    {
        await using var harness = await StartAsync(new JsonObject { ["minute"] = 50, ["hour"] = 70 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => harness.GetAsync()));

        Assert.Equal(50, answers.Count(answer => answer.Status == 200));
        Assert.Equal(150, answers.Count(answer => answer.Status == 429));
    }

    [Fact]
    public async Task Counters_survive_a_republication_and_a_changed_limit()
    {
        var id = Guid.NewGuid();
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 3 }, id: id);
        await harness.ApplyAsync(1);
        await harness.GetAsync();
        await harness.ApplyAsync(2);
        Assert.Equal("1", (await harness.GetAsync()).Header("RateLimit-Remaining"));

        var change = new ConfigurationBuilder();
        change.Plugin("rate-limiting", new JsonObject { ["minute"] = 5 }, id: id);
        await harness.Plane.ApplyAsync(change.Delta(3));

        Assert.Equal("2", (await harness.GetAsync()).Header("RateLimit-Remaining"));
    }

    [Fact]
    public async Task Headers_can_be_kept_back_and_the_refusal_worded()
    {
        await using var harness = await StartAsync(
            new JsonObject { ["minute"] = 1, ["hide_client_headers"] = true, ["error_code"] = 503, ["error_message"] = "slow down" });

        var first = await harness.GetAsync();
        var second = await harness.GetAsync();

        Assert.DoesNotContain(first.Headers.Keys.Concat(second.Headers.Keys), name => name.Contains("RateLimit", StringComparison.OrdinalIgnoreCase) || name == "Retry-After");
        Assert.Equal((503, "slow down"), (second.Status, second.Message));
    }

    [Fact]
    public async Task An_upstream_s_own_headers_do_not_show_through()
    {
        await using var harness = await PluginHarness.StartAsync(static http =>
        {
            http.Response.Headers["RateLimit-Limit"] = "7";
            return Task.CompletedTask;
        });
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 2 });
        await harness.ApplyAsync();

        Assert.Equal("2", (await harness.GetAsync()).Header("RateLimit-Limit"));
    }

    [Fact]
    public async Task Each_consumer_has_its_own_count_and_all_its_keys_share_it()
    {
        await using var harness = await WithConsumersAsync("consumer");

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "ann-1"))).Status);
        Assert.Equal(429, (await harness.GetAsync("/x", ("apikey", "ann-2"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "bob-1"))).Status);
    }

    [Fact]
    public async Task Each_credential_has_its_own_count()
    {
        await using var harness = await WithConsumersAsync("credential");

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "ann-1"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "ann-2"))).Status);
        Assert.Equal(429, (await harness.GetAsync("/x", ("apikey", "ann-2"))).Status);
    }

    [Theory]
    [InlineData("ip")]
    [InlineData("service")]
    [InlineData("consumer")]
    public async Task Who_has_nothing_else_is_counted_by_address_or_service(string limitBy)
    {
        await using var harness = await StartAsync(new JsonObject { ["minute"] = 1, ["limit_by"] = limitBy });

        Assert.Equal(200, (await harness.GetAsync()).Status);
        Assert.Equal(429, (await harness.GetAsync("/x/other", ("tenant", "b"))).Status);
    }

    [Fact]
    public async Task Each_value_of_a_header_has_its_own_count()
    {
        await using var harness = await StartAsync(new JsonObject { ["minute"] = 1, ["limit_by"] = "header", ["header_name"] = "tenant" });

        Assert.Equal(200, (await harness.GetAsync("/x", ("tenant", "a"))).Status);
        Assert.Equal(429, (await harness.GetAsync("/x", ("tenant", "a"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("tenant", "b"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task A_path_has_a_count_for_all_clients_together()
    {
        await using var harness = await StartAsync(new JsonObject { ["minute"] = 1, ["limit_by"] = "path", ["path"] = "/x/status" });

        Assert.Equal(200, (await harness.GetAsync("/x/status")).Status);
        Assert.Equal(429, (await harness.GetAsync("/x/status")).Status);
        Assert.Equal(200, (await harness.GetAsync("/x/else")).Status);
    }

    [Fact]
    public async Task The_consumers_of_a_group_have_one_count_together()
    {
        await using var harness = await PluginHarness.StartAsync();
        var group = harness.Configuration.Group("gold");
        foreach (var name in new[] { "ann", "bob", "cid" })
        {
            var consumer = harness.Configuration.Consumer(name);
            harness.Key(consumer, name);
            if (name != "cid")
            {
                harness.Configuration.Member(group, consumer);
            }
        }

        harness.Configuration.Plugin("key-auth");
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 1, ["limit_by"] = "consumer-group" });
        await harness.ApplyAsync();

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "ann"))).Status);
        Assert.Equal(429, (await harness.GetAsync("/x", ("apikey", "bob"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "cid"))).Status);
    }

    private static async Task<PluginHarness> StartAsync(JsonObject config)
    {
        var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("rate-limiting", config);
        await harness.ApplyAsync();
        return harness;
    }

    private static async Task<PluginHarness> WithConsumersAsync(string limitBy)
    {
        var harness = await PluginHarness.StartAsync();
        var ann = harness.Configuration.Consumer("ann");
        harness.Key(ann, "ann-1");
        harness.Key(ann, "ann-2");
        harness.Key(harness.Configuration.Consumer("bob"), "bob-1");
        harness.Configuration.Plugin("key-auth");
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 1, ["limit_by"] = limitBy });
        await harness.ApplyAsync();
        return harness;
    }
}
