using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Plugins;
using Gateway.Plugins.Tests.Authentication;

namespace Gateway.Plugins.Tests.Acl;

public sealed class AclTests
{
    [Theory]
    [InlineData("allow", "gold", "both", 200, "gold, silver")]
    [InlineData("allow", "gold", "silver", 403, null)]
    [InlineData("allow", "gold", "none", 403, null)]
    [InlineData("deny", "gold", "both", 403, null)]
    [InlineData("deny", "gold", "silver", 200, "silver")]
    [InlineData("deny", "gold", "none", 200, null)]
    public async Task Groups_decide_who_passes(string list, string group, string consumer, int status, string? header)
    {
        await using var harness = await StartAsync(new JsonObject { [list] = new JsonArray("others", group) });

        for (var request = 0; request < 2; request++)
        {
            var answer = await harness.GetAsync("/x", ("apikey", consumer), ("X-Consumer-Groups", "forged"));

            Assert.Equal(status, answer.Status);
            if (status == 403)
            {
                Assert.Equal("You cannot consume this service", answer.Message);
            }
            else
            {
                Assert.Equal(header, harness.Upstream.LastHeaders.GetValueOrDefault("X-Consumer-Groups"));
            }
        }
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("deny")]
    public async Task Who_is_not_known_is_refused(string list)
    {
        await using var harness = await PluginHarness.StartAsync("acl", $$"""{"{{list}}":["gold"]}""");

        var answer = await harness.GetAsync();

        Assert.Equal((401, "Unauthorized"), (answer.Status, answer.Message));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData("allow", "guests", 200)]
    [InlineData("allow", "gold", 403)]
    [InlineData("deny", "guests", 403)]
    public async Task An_anonymous_consumer_has_groups_of_its_own(string list, string group, int status)
    {
        await using var harness = await StartAsync(new JsonObject { [list] = new JsonArray(group) }, anonymous: "guest");

        Assert.Equal(status, (await harness.GetAsync()).Status);
    }

    [Fact]
    public async Task An_anonymous_consumer_without_groups_is_asked_to_authenticate()
    {
        await using var harness = await StartAsync(new JsonObject { ["allow"] = new JsonArray("gold") }, anonymous: "none");

        Assert.Equal(401, (await harness.GetAsync()).Status);
    }

    [Fact]
    public async Task Upstreams_are_not_told_where_groups_are_hidden()
    {
        await using var harness = await StartAsync(new JsonObject { ["allow"] = new JsonArray("gold"), ["hide_groups_header"] = true });

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "both"))).Status);
        Assert.DoesNotContain("X-Consumer-Groups", harness.Upstream.LastHeaders.Keys);
    }

    [Theory]
    [InlineData(true, 200, "members, silver")]
    [InlineData(false, 403, null)]
    public async Task Consumer_groups_count_where_they_are_included(bool include, int status, string? header)
    {
        await using var harness = await StartAsync(new JsonObject { ["allow"] = new JsonArray("members"), ["include_consumer_groups"] = include });

        Assert.Equal(status, (await harness.GetAsync("/x", ("apikey", "silver"))).Status);
        Assert.Equal(header, harness.Upstream.LastHeaders.GetValueOrDefault("X-Consumer-Groups"));
    }

    [Fact]
    public async Task A_changed_group_counts_with_the_next_request()
    {
        await using var harness = await StartAsync(new JsonObject { ["allow"] = new JsonArray("gold") });
        Assert.Equal(403, (await harness.GetAsync("/x", ("apikey", "none"))).Status);

        var change = new ConfigurationBuilder();
        change.Acl(harness.NoneConsumer, "gold");
        await harness.Plane.ApplyAsync(change.Delta(2));

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "none"))).Status);
    }

    [Theory]
    [InlineData("{}", "at least one of these fields must be non-empty: 'config.allow', 'config.deny'")]
    [InlineData("""{"allow":[],"deny":null}""", "at least one of these fields must be non-empty: 'config.allow', 'config.deny'")]
    [InlineData("""{"allow":["a"],"deny":["b"]}""", "only one of these fields must be non-empty: 'config.allow', 'config.deny'")]
    public void Either_list_is_required(string config, string problem)
    {
        var definition = PluginCatalogue.Find("acl")!;

        Assert.Equal(problem, Assert.Single(definition.Checks.SelectMany(check => check(JsonNode.Parse(config)!.AsObject()))).Problem);
    }

    private static async Task<AclHarness> StartAsync(JsonObject config, string? anonymous = null)
    {
        var harness = await PluginHarness.StartAsync();
        var configuration = harness.Configuration;
        var (both, silver, none, guest) = (configuration.Consumer("both"), configuration.Consumer("silver"), configuration.Consumer("none"), configuration.Consumer("guest"));
        harness.Key(both, "both");
        harness.Key(silver, "silver");
        harness.Key(none, "none");
        configuration.Acl(both, "silver");
        configuration.Acl(both, "gold");
        configuration.Acl(silver, "silver");
        configuration.Acl(guest, "guests");
        configuration.Member(configuration.Group("members"), silver);
        configuration.Plugin("key-auth", new JsonObject { ["anonymous"] = anonymous });
        configuration.Plugin("acl", config);
        await harness.ApplyAsync();
        return new AclHarness(harness, none);
    }

    private sealed record AclHarness(PluginHarness Inner, Guid NoneConsumer) : IAsyncDisposable
    {
        public RunningUpstream Upstream => Inner.Upstream;

        public RunningDataPlane Plane => Inner.Plane;

        public Task<PluginHarness.Answer> GetAsync(string target = "/x", params (string Name, string Value)[] headers) => Inner.GetAsync(target, headers);

        public ValueTask DisposeAsync() => Inner.DisposeAsync();
    }
}
