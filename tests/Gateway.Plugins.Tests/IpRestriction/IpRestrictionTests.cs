using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.IpRestriction;

/// <summary>The client is 127.0.0.1.</summary>
public sealed class IpRestrictionTests
{
    [Theory]
    [InlineData("""{"allow":["127.0.0.0/8"]}""", 200)]
    [InlineData("""{"allow":["10.0.0.0/8","::1"]}""", 403)]
    [InlineData("""{"deny":["127.0.0.1"]}""", 403)]
    [InlineData("""{"deny":["10.0.0.0/8"]}""", 200)]
    [InlineData("""{"allow":["127.0.0.0/8"],"deny":["127.0.0.1"]}""", 403)]
    [InlineData("""{"allow":["127.0.0.0/8"],"deny":["127.0.0.2"]}""", 200)]
    public async Task An_address_may_call_or_not(string config, int status)
    {
        await using var harness = await PluginHarness.StartAsync("ip-restriction", config);

        var answer = await harness.GetAsync();

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, harness.Upstream.Requests);
        if (status != 200)
        {
            Assert.Equal("Your IP address is not allowed", answer.Message);
        }
    }

    [Fact]
    public async Task A_refusal_can_be_worded()
    {
        await using var harness = await PluginHarness.StartAsync("ip-restriction", """{"deny":["127.0.0.1"],"status":451,"message":"not from here"}""");

        var answer = await harness.GetAsync();

        Assert.Equal((451, "not from here"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task What_a_client_says_of_its_address_is_not_believed()
    {
        await using var harness = await PluginHarness.StartAsync("ip-restriction", """{"allow":["10.0.0.0/8"]}""");

        Assert.Equal(403, (await harness.GetAsync("/x", ("X-Forwarded-For", "10.0.0.1"), ("X-Real-IP", "10.0.0.1"))).Status);
    }

    [Theory]
    [InlineData("{}", "at least one of these fields must be non-empty: 'config.allow', 'config.deny'")]
    [InlineData("""{"allow":[]}""", "at least one of these fields must be non-empty: 'config.allow', 'config.deny'")]
    [InlineData("""{"deny":["10.0.0.0/40"]}""", "invalid ip or cidr range: '10.0.0.0/40'")]
    public async Task A_config_without_valid_addresses_is_refused(string config, string problem)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("ip-restriction", JsonNode.Parse(config)!.AsObject());

        Assert.Contains(problem, Assert.Single((await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot())).Errors).Problem);
    }
}
