using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.RateLimitingAdvanced;

/// <summary>The clock stands at 10:20:30 UTC.</summary>
public sealed class RateLimitingAdvancedTests
{
    [Fact]
    public async Task A_fixed_window_begins_at_each_multiple_of_its_length()
    {
        await using var harness = await StartAsync("""{"limit":[2],"window_size":[20],"window_type":"fixed"}""");

        Assert.Equal([200, 200, 429], await StatusesAsync(harness, 3));
        harness.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal([429], await StatusesAsync(harness, 1));
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([200, 200, 429], await StatusesAsync(harness, 3));
    }

    [Fact]
    public async Task A_sliding_window_still_counts_its_share_of_the_one_before()
    {
        await using var harness = await StartAsync("""{"limit":[10],"window_size":[60],"disable_penalty":true}""");
        Assert.All(await StatusesAsync(harness, 10), status => Assert.Equal(200, status));

        // 10:21:15: three quarters of the ten count, 7.5 of them.
        harness.Time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal([200, 200, 429], await StatusesAsync(harness, 3));
    }

    [Fact]
    public async Task Refused_requests_count_in_sliding_windows_unless_there_is_no_penalty()
    {
        await using var strict = await StartAsync("""{"limit":[2],"window_size":[60]}""");
        await using var lenient = await StartAsync("""{"limit":[2],"window_size":[60],"disable_penalty":true}""");
        await StatusesAsync(strict, 10);
        await StatusesAsync(lenient, 10);

        // 10:21:45: a quarter of 10 and of 2 counts.
        strict.Time.Advance(TimeSpan.FromSeconds(75));
        lenient.Time.Advance(TimeSpan.FromSeconds(75));
        Assert.Equal([429], await StatusesAsync(strict, 1));
        Assert.Equal([200, 429], await StatusesAsync(lenient, 2));
    }

    [Fact]
    public async Task Clients_are_told_of_every_window_and_of_the_one_that_refused()
    {
        await using var harness = await StartAsync("""{"limit":[10,1],"window_size":[60,90],"window_type":"fixed"}""");

        var first = await harness.GetAsync();
        var second = await harness.GetAsync();

        Assert.Equal(("10", "9"), (first.Header("X-RateLimit-Limit-Minute"), first.Header("X-RateLimit-Remaining-Minute")));
        Assert.Equal(("1", "0"), (first.Header("X-RateLimit-Limit-90"), first.Header("X-RateLimit-Remaining-90")));
        Assert.Equal(("1", "0", "30"), (first.Header("RateLimit-Limit"), first.Header("RateLimit-Remaining"), first.Header("RateLimit-Reset")));
        Assert.Null(first.Header("Retry-After"));
        Assert.Equal((429, "API rate limit exceeded", "30"), (second.Status, second.Message, second.Header("Retry-After")));
        Assert.Equal("9", second.Header("X-RateLimit-Remaining-Minute"));
    }

    [Fact]
    public async Task Headers_can_be_kept_back_and_the_refusal_worded()
    {
        await using var harness = await StartAsync("""{"limit":[1],"window_size":[60],"hide_client_headers":true,"error_code":503,"error_message":"slow down"}""");
        await harness.GetAsync();

        var refused = await harness.GetAsync();

        Assert.Equal((503, "slow down"), (refused.Status, refused.Message));
        Assert.DoesNotContain(refused.Headers.Keys, name => name.Contains("RateLimit", StringComparison.OrdinalIgnoreCase) || name == "Retry-After");
    }

    [Fact]
    public async Task Clients_that_were_refused_are_asked_back_at_different_times()
    {
        await using var harness = await StartAsync("""{"limit":[1],"window_size":[60],"window_type":"fixed","retry_after_jitter_max":1000}""");
        await harness.GetAsync();

        var waits = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            waits.Add(int.Parse((await harness.GetAsync()).Header("Retry-After")!));
        }

        Assert.All(waits, wait => Assert.InRange(wait, 30, 1030));
        Assert.True(waits.Count > 5);
    }

    [Fact]
    public async Task Several_identifiers_can_be_one_together()
    {
        await using var harness = await StartAsync("""{"limit":[1],"window_size":[60],"compound_identifier":["ip","header"],"header_name":"tenant"}""");

        Assert.Equal(200, (await harness.GetAsync("/x", ("tenant", "a"))).Status);
        Assert.Equal(429, (await harness.GetAsync("/x", ("tenant", "a"))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("tenant", "b"))).Status);
    }

    [Fact]
    public async Task Counts_survive_a_republication_with_another_window_beside()
    {
        var id = Guid.NewGuid();
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("rate-limiting-advanced", Config("""{"limit":[3],"window_size":[60]}"""), id: id);
        await harness.ApplyAsync(1);
        await harness.GetAsync();

        var change = new DataPlane.Tests.Hosting.Support.ConfigurationBuilder();
        change.Plugin("rate-limiting-advanced", Config("""{"limit":[9,3],"window_size":[3600,60]}"""), id: id);
        await harness.Plane.ApplyAsync(change.Delta(2));

        var next = await harness.GetAsync();
        Assert.Equal(("1", "8"), (next.Header("X-RateLimit-Remaining-Minute"), next.Header("X-RateLimit-Remaining-Hour")));
    }

    [Theory]
    [InlineData("""{"limit":[1,2],"window_size":[60]}""", "config.limit: You must provide the same number of windows and limits")]
    [InlineData("""{"limit":[1,2],"window_size":[60,60]}""", "config.window_size: values must be distinct")]
    [InlineData("""{"limit":[0],"window_size":[60]}""", "config.limit[0]: value must be greater than 0")]
    [InlineData("""{"window_size":[60]}""", "config.limit: required field missing")]
    [InlineData("""{"limit":[1],"window_size":[60],"identifier":"header"}""", "config.header_name: required field missing")]
    [InlineData("""{"limit":[1],"window_size":[60],"compound_identifier":["path"]}""", "config.path: required field missing")]
    [InlineData("""{"limit":[1],"window_size":[60],"strategy":"cluster"}""", "config.strategy: 'cluster' is not supported by this version")]
    [InlineData("""{"limit":[1],"window_size":[60],"strategy":"redis"}""", "config.redis.host: required field missing")]
    [InlineData("""{"limit":[1],"window_size":[60],"strategy":"redis","redis":{"host":"r"},"sync_rate":0.01}""", "config.sync_rate: Config option 'sync_rate' must not be between 0 and 0.02")]
    [InlineData("""{"limit":[1],"window_size":[60],"enforce_consumer_groups":true}""", "config.enforce_consumer_groups: not supported by this version")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string config, string problem)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("rate-limiting-advanced", Config(config));

        var result = await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot());

        Assert.Contains(result.Errors, error => error.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_data_planes_and_plugins_of_one_namespace_share_their_counters_exactly_until_Redis_is_gone()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync();
        var config = $$"""{"limit":[30],"window_size":[100000000],"namespace":"all","strategy":"redis","sync_rate":0,"redis":{"host":"127.0.0.1","port":{{server.Port}}},"disable_penalty":true}""";
        await using var first = await StartAsync(config);
        await using var second = await StartAsync(config);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? first : second).GetAsync()));
        Assert.Equal(30, answers.Count(answer => answer.Status == 200));

        await server.KillAsync();
        Assert.Equal(200, (await first.GetAsync()).Status);
    }

    private static JsonObject Config(string config) => JsonNode.Parse(config)!.AsObject();

    private static Task<PluginHarness> StartAsync(string config) => PluginHarness.StartAsync("rate-limiting-advanced", config);

    private static async Task<List<int>> StatusesAsync(PluginHarness harness, int requests)
    {
        var statuses = new List<int>();
        for (var i = 0; i < requests; i++)
        {
            statuses.Add((await harness.GetAsync()).Status);
        }

        return statuses;
    }
}
