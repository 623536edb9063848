using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Plugins.Tests.Authentication;

namespace Gateway.Plugins.Tests.BasicAuth;

public sealed class BasicAuthTests
{
    [Theory]
    [InlineData("Authorization", "ann:secret")]
    [InlineData("Proxy-Authorization", "ann:secret")]
    [InlineData("Authorization", "bob:with:colons")]
    [InlineData("Authorization", "zoë:пароль")]
    [InlineData("Authorization", "empty:")]
    public async Task Who_presents_its_password_is_a_consumer(string header, string pair)
    {
        await using var harness = await StartAsync([]);

        // The second one is remembered.
        Assert.Equal(200, (await harness.GetAsync("/x", (header, Credentials.Basic(pair)))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", (header, Credentials.Basic(pair)))).Status);

        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upstream_reads_names_beyond_ascii_as_they_are(bool direct)
    {
        await using var harness = await StartAsync([], direct);

        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("zoë:пароль")))).Status);
        Assert.Equal("zoë", harness.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic ***")]
    [InlineData("Bearer YW5uOnNlY3JldA==")]
    [InlineData("Basic YW5u")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic YW5uOv8=")]
    public async Task What_is_no_name_and_password_is_refused(string? header)
    {
        await using var harness = await StartAsync([]);

        var answer = header is null ? await harness.GetAsync() : await harness.GetAsync("/x", ("Authorization", header));

        Assert.Equal((401, "Unauthorized", "Basic realm=\"service\""), (answer.Status, answer.Message, answer.Header("WWW-Authenticate")));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData("ann:Secret")]
    [InlineData("ann:")]
    [InlineData("ANN:secret")]
    [InlineData("nobody:secret")]
    public async Task A_wrong_name_or_password_is_refused_also_after_the_right_one(string pair)
    {
        await using var harness = await StartAsync([]);

        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:secret")))).Status);
        Assert.Equal(401, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic(pair)))).Status);
        Assert.Equal(401, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic(pair)))).Status);
    }

    [Fact]
    public async Task A_changed_password_ends_the_old_one_at_once()
    {
        await using var harness = await PluginHarness.StartAsync();
        var ann = harness.Configuration.Consumer("ann");
        var id = harness.Configuration.BasicAuth(ann, "ann", "old");
        harness.Configuration.Plugin("basic-auth");
        await harness.ApplyAsync(1);
        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:old")))).Status);

        var change = new ConfigurationBuilder();
        change.BasicAuth(ann, "ann", "new", id);
        await harness.Plane.ApplyAsync(change.Delta(2));

        Assert.Equal(401, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:old")))).Status);
        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:new")))).Status);
    }

    [Fact]
    public async Task A_password_that_comes_from_kong_stays_one()
    {
        await using var harness = await PluginHarness.StartAsync();
        var ann = harness.Configuration.Consumer("ann", consumer => consumer with { Id = Guid.Parse("4f1ca1b9-2d5e-4a38-9d5c-0d3b0a4f9f10") });
        harness.Configuration.Put(
            EntityKinds.BasicAuthCredentials,
            new BasicAuthCredential { Id = Guid.NewGuid(), Username = "ann", Password = "$kong-sha1$" + KongHash("secret", ann), Consumer = new EntityReference(ann) },
            ModelJson.Default.BasicAuthCredential);
        harness.Configuration.Plugin("basic-auth");
        await harness.ApplyAsync();

        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:secret")))).Status);
        Assert.Equal(401, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:secreT")))).Status);
    }

    [Fact]
    public async Task Hidden_credentials_go_no_further()
    {
        await using var harness = await StartAsync(new JsonObject { ["hide_credentials"] = true, ["realm"] = "a \"b\"" });

        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:secret")))).Status);
        Assert.DoesNotContain("Authorization", harness.Upstream.LastHeaders.Keys);
        Assert.Equal("Basic realm=\"a \\\"b\\\"\"", (await harness.GetAsync()).Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Otherwise_they_do()
    {
        await using var harness = await StartAsync([]);

        Assert.Equal(200, (await harness.GetAsync("/x", ("Authorization", Credentials.Basic("ann:secret")))).Status);
        Assert.Equal(Credentials.Basic("ann:secret"), harness.Upstream.LastHeaders["Authorization"]);
        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

#pragma warning disable CA5350 // What Kong stores.
    private static string KongHash(string password, Guid consumer) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(password + consumer)));
#pragma warning restore CA5350

    private static async Task<PluginHarness> StartAsync(JsonObject config, bool direct = true)
    {
        var harness = await PluginHarness.StartAsync(direct: direct);
        var ann = harness.Configuration.Consumer("ann");
        harness.Configuration.BasicAuth(ann, "ann", "secret");
        harness.Configuration.BasicAuth(ann, "bob", "with:colons");
        harness.Configuration.BasicAuth(ann, "zoë", "пароль");
        harness.Configuration.BasicAuth(ann, "empty", "");
        harness.Configuration.Plugin("basic-auth", config);
        await harness.ApplyAsync();
        return harness;
    }
}
