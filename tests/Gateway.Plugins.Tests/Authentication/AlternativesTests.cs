using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.Authentication;

/// <summary>Several authentication plugins on one route.</summary>
public sealed class AlternativesTests
{
    [Theory]
    [InlineData("apikey", "k1", "ann", null)]
    [InlineData("Authorization", "bob:secret", "bob", null)]
    [InlineData("Authorization", "bob:wrong", "guest", "true")]
    [InlineData("X-Other", "1", "guest", "true")]
    public async Task With_an_anonymous_consumer_one_that_knows_the_caller_is_enough(string header, string value, string consumer, string? anonymous)
    {
        await using var harness = await StartAsync("guest");

        var answer = await harness.GetAsync("/x", (header, header == "Authorization" ? Credentials.Basic(value) : value));

        Assert.Equal(200, answer.Status);
        Assert.Equal(consumer, harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal(anonymous, harness.Upstream.LastHeaders.GetValueOrDefault("X-Anonymous-Consumer"));
    }

    [Fact]
    public async Task Without_one_all_have_to_know_the_caller()
    {
        await using var harness = await StartAsync(anonymous: null);

        Assert.Equal("Basic realm=\"service\"", (await harness.GetAsync("/x", ("apikey", "k1"))).Header("WWW-Authenticate"));
        Assert.Equal("Key", (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("bob:secret")))).Header("WWW-Authenticate"));
        Assert.Equal(0, harness.Upstream.Requests);
        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "k1"), ("Authorization", Credentials.Basic("bob:secret")))).Status);
        Assert.Equal("bob", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal("bob", harness.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

    [Fact]
    public async Task What_a_client_claims_about_itself_does_not_pass()
    {
        await using var harness = await PluginHarness.StartAsync();
        await harness.ApplyAsync();

        await harness.GetAsync(
            "/x",
            ("X-Consumer-ID", "1"),
            ("X-Consumer-Username", "root"),
            ("X-Consumer-Custom-ID", "1"),
            ("X-Credential-Identifier", "1"),
            ("X-Anonymous-Consumer", "false"),
            ("X-Consumer-Groups", "admins"),
            ("X-Authenticated-Groups", "admins"));

        Assert.DoesNotContain(harness.Upstream.LastHeaders.Keys, name =>
            name.StartsWith("X-Consumer-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Authenticated-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("X-Credential-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Anonymous-", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<PluginHarness> StartAsync(string? anonymous)
    {
        var harness = await PluginHarness.StartAsync();
        var configuration = harness.Configuration;
        harness.Key(configuration.Consumer("ann"), "k1");
        configuration.BasicAuth(configuration.Consumer("bob"), "bob", "secret");
        configuration.Consumer("guest");
        configuration.Plugin("key-auth", new JsonObject { ["anonymous"] = anonymous });
        configuration.Plugin("basic-auth", new JsonObject { ["anonymous"] = anonymous });
        await harness.ApplyAsync();
        return harness;
    }
}
