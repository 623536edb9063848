using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Plugins.Canary;
using Gateway.Plugins.Tests.Authentication;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.Canary;

/// <summary>The canary answers "canary", the service "hello". The clock stands at 10:20:30 UTC on 17 May 2026.</summary>
public sealed class CanaryTests
{
    private const long Now = 1779013230;

    [Fact]
    public async Task A_share_of_the_callers_goes_to_the_canary_and_stays_there()
    {
        await using var canary = await StartCanaryAsync();
        await using var harness = await StartAsync(canary, """{"percentage":30,"hash":"header","hash_header":"tenant"}""");

        var first = await AskAsync(harness, Enumerable.Range(0, 300));
        var again = await AskAsync(harness, Enumerable.Range(0, 300));

        Assert.Equal(first, again);
        Assert.InRange(first.Count(body => body == "canary"), 60, 120);
    }

    [Theory]
    [InlineData(0, "hello")]
    [InlineData(100, "canary")]
    public async Task Nobody_or_everybody(int percentage, string body)
    {
        await using var canary = await StartCanaryAsync();
        foreach (var hash in new[] { "none", "ip", "consumer" })
        {
            await using var harness = await StartAsync(canary, $$"""{"percentage":{{percentage}},"hash":"{{hash}}"}""");

            Assert.All(await AskAsync(harness, Enumerable.Range(0, 20)), answer => Assert.Equal(body, answer));
        }
    }

    [Fact]
    public async Task The_share_grows_with_time_until_all_are_there()
    {
        await using var canary = await StartCanaryAsync();
        await using var harness = await StartAsync(canary, $$"""{"start":{{Now + 60}},"duration":100,"steps":100,"hash":"header","hash_header":"tenant"}""");

        var counts = new List<int>();
        foreach (var seconds in new[] { 0, 65, 45, 60 })
        {
            harness.Time.Advance(TimeSpan.FromSeconds(seconds));
            counts.Add((await AskAsync(harness, Enumerable.Range(0, 200))).Count(body => body == "canary"));
        }

        Assert.Equal((0, 200), (counts[0], counts[3]));
        Assert.InRange(counts[1], 1, 40);
        Assert.InRange(counts[2], 70, 140);
    }

    [Fact]
    public async Task Clients_can_choose()
    {
        await using var canary = await StartCanaryAsync();
        await using var harness = await StartAsync(canary, """{"percentage":0,"canary_by_header_name":"X-Canary"}""");
        await using var full = await StartAsync(canary, """{"percentage":100,"canary_by_header_name":"X-Canary"}""");

        Assert.Equal("canary", (await harness.GetAsync("/x", ("X-Canary", "always"))).Body);
        Assert.Equal("hello", (await harness.GetAsync("/x", ("X-Canary", "maybe"))).Body);
        Assert.Equal("hello", (await full.GetAsync("/x", ("X-Canary", "never"))).Body);
    }

    [Theory]
    [InlineData("allow", "canary", "hello", "hello")]
    [InlineData("deny", "hello", "canary", "canary")]
    public async Task Groups_decide_where_they_are_asked(string hash, string member, string other, string unknown)
    {
        await using var canary = await StartCanaryAsync();
        await using var harness = await PluginHarness.StartAsync();
        var configuration = harness.Configuration;
        var (ann, bob) = (configuration.Consumer("ann"), configuration.Consumer("bob"));
        harness.Key(ann, "ann");
        harness.Key(bob, "bob");
        configuration.Consumer("guest");
        configuration.Acl(ann, "testers");
        configuration.Acl(bob, "others");
        configuration.Plugin("key-auth", new JsonObject { ["anonymous"] = "guest" });
        configuration.Plugin(
            "canary",
            new JsonObject { ["hash"] = hash, ["groups"] = new JsonArray("a", "testers"), ["percentage"] = 50, ["upstream_host"] = canary.Url.Host, ["upstream_port"] = canary.Url.Port });
        await harness.ApplyAsync();

        Assert.Equal(member, (await harness.GetAsync("/x", ("apikey", "ann"))).Body);
        Assert.Equal(other, (await harness.GetAsync("/x", ("apikey", "bob"))).Body);
        Assert.Equal(unknown, (await harness.GetAsync()).Body);
    }

    [Fact]
    public async Task The_path_is_the_canary_s_own()
    {
        await using var harness = await PluginHarness.StartAsync("canary", """{"percentage":100,"upstream_uri":"/v2"}""");

        await harness.GetAsync("/x/y?a=1");

        Assert.Equal("/v2?a=1", harness.Upstream.LastTarget);
    }

    [Theory]
    [InlineData(true, "hello")]
    [InlineData(false, null)]
    public async Task Who_cannot_be_reached_is_fallen_back_from_if_wanted(bool fallback, string? body)
    {
        await using var harness = await PluginHarness.StartAsync();
        var empty = harness.Configuration.Upstream("empty");
        harness.Configuration.Target(empty, "127.0.0.1:1", weight: 0);
        harness.Configuration.Plugin("canary", new JsonObject { ["percentage"] = 100, ["upstream_host"] = "empty", ["upstream_uri"] = "/v2", ["upstream_fallback"] = fallback });
        await harness.ApplyAsync();

        var answer = await harness.GetAsync("/x/y");

        Assert.Equal(fallback ? 200 : 503, answer.Status);
        Assert.Equal(body, fallback ? answer.Body : null);
        Assert.Equal(fallback ? "/y" : null, harness.Upstream.LastTarget);
    }

    [Fact]
    public async Task An_upstream_may_be_the_canary()
    {
        await using var canary = await StartCanaryAsync();
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Target(harness.Configuration.Upstream("v2"), canary.Address);
        harness.Configuration.Plugin("canary", new JsonObject { ["percentage"] = 100, ["upstream_host"] = "v2" });
        await harness.ApplyAsync();

        Assert.Equal("canary", (await harness.GetAsync()).Body);
    }

    [Theory]
    [InlineData("{}", "at least one of these fields must be non-empty")]
    [InlineData("""{"upstream_port":1,"hash":"header"}""", "required field missing")]
    [InlineData("""{"upstream_port":1,"upstream_fallback":true}""", "required field missing")]
    [InlineData("""{"upstream_port":1,"hash":"allow"}""", "required field missing")]
    [InlineData("""{"upstream_port":1,"hash":"deny","groups":[]}""", "required field missing")]
    [InlineData("""{"upstream_port":1,"steps":1}""", "value must be greater than 1")]
    public async Task A_config_that_cannot_run_is_refused(string config, string problem)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("canary", JsonNode.Parse(config)!.AsObject());

        Assert.Contains(problem, Assert.Single((await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot())).Errors).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    public void The_checksum_is_zlibs(string text, uint expected) => Assert.Equal(expected, Crc32.Of(text));

    private static Task<RunningUpstream> StartCanaryAsync() => RunningUpstream.StartAsync(static http => http.Response.WriteAsync("canary"));

    private static Task<PluginHarness> StartAsync(RunningUpstream canary, string config)
    {
        var full = JsonNode.Parse(config)!.AsObject();
        full["upstream_host"] = canary.Url.Host;
        full["upstream_port"] = canary.Url.Port;
        return PluginHarness.StartAsync("canary", full.ToJsonString());
    }

    private static async Task<List<string>> AskAsync(PluginHarness harness, IEnumerable<int> tenants)
    {
        var bodies = new List<string>();
        foreach (var tenant in tenants)
        {
            bodies.Add((await harness.GetAsync("/x", ("tenant", $"tenant-{tenant}"))).Body);
        }

        return bodies;
    }
}
