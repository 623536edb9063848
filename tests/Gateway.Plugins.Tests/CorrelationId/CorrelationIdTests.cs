using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.CorrelationId;

public sealed class CorrelationIdTests
{
    [Theory]
    [InlineData("uuid", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    [InlineData("uuid#counter", "^[0-9a-f-]{36}#[0-9]+$")]
    [InlineData("tracker", @"^127\.0\.0\.1-[0-9]+-[0-9]+-[0-9A-Z]+-1-[0-9]+\.[0-9]{3}$")]
    public async Task A_request_without_an_id_gets_one(string generator, string form)
    {
        await using var harness = await StartAsync(new JsonObject { ["generator"] = generator });

        var answer = await harness.GetAsync();

        Assert.Matches(form, harness.Upstream.LastHeaders["Kong-Request-ID"]);
        Assert.Null(answer.Header("Kong-Request-ID"));
    }

    [Fact]
    public async Task The_counter_counts()
    {
        await using var harness = await StartAsync(new JsonObject { ["header_name"] = "X-Id" });

        await harness.GetAsync();
        var first = harness.Upstream.LastHeaders["X-Id"].Split('#');
        await harness.GetAsync();
        var second = harness.Upstream.LastHeaders["X-Id"].Split('#');

        Assert.Equal(first[0], second[0]);
        Assert.Equal(int.Parse(first[1]) + 1, int.Parse(second[1]));
    }

    [Fact]
    public async Task The_client_s_own_id_is_kept_and_given_back()
    {
        await using var harness = await StartAsync(new JsonObject { ["header_name"] = "X-Id", ["echo_downstream"] = true });

        var answer = await harness.GetAsync("/x", ("X-Id", "mine"));

        Assert.Equal("mine", harness.Upstream.LastHeaders["X-Id"]);
        Assert.Equal("mine", answer.Header("X-Id"));
    }

    [Fact]
    public async Task The_upstream_and_the_client_get_the_same_id()
    {
        await using var harness = await StartAsync(new JsonObject { ["header_name"] = "X-Id", ["echo_downstream"] = true });

        var answer = await harness.GetAsync();

        Assert.Equal(harness.Upstream.LastHeaders["X-Id"], answer.Header("X-Id"));
    }

    [Fact]
    public async Task A_request_that_matches_no_route_gets_one_too()
    {
        await using var harness = await StartAsync(new JsonObject { ["header_name"] = "X-Id", ["echo_downstream"] = true, ["generator"] = "uuid" });

        var answer = await harness.GetAsync("/none");

        Assert.Equal(404, answer.Status);
        Assert.True(Guid.TryParse(answer.Header("X-Id"), out _));
    }

    private static async Task<PluginHarness> StartAsync(JsonObject config)
    {
        var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("correlation-id", config);
        await harness.ApplyAsync();
        return harness;
    }
}
