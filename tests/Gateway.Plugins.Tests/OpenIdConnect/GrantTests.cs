using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>Callers without a JWT: opaque tokens, and names with secrets.</summary>
public sealed class GrantTests
{
    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task An_opaque_token_is_introspected_once(string way)
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["client_auth"] = new JsonArray(way), ["scopes_required"] = new JsonArray("read") }, null, "introspection");
        var token = harness.Issuer.Opaque(("sub", "user-2"));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => Assert.Equal(200, (await harness.BearAsync(token)).Status)));

        Assert.Equal(1, harness.Issuer.Count("/introspect"));
        Assert.Equal("user-2", harness.Plane.Upstream.LastHeaders["X-Credential-Identifier"]);
        Assert.Equal(401, (await harness.BearAsync("unknown")).Status);
    }

    [Fact]
    public async Task What_introspection_said_ends_with_the_token_or_the_config_s_time()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["cache_ttl"] = 60 }, null, "introspection");
        var token = harness.Issuer.Opaque();
        Assert.Equal(200, (await harness.BearAsync(token)).Status);

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await harness.BearAsync(token)).Status);
        Assert.Equal(2, harness.Issuer.Count("/introspect"));

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(401, (await harness.BearAsync(token)).Status);
    }

    [Fact]
    public async Task A_JWT_is_verified_here_unless_the_config_wants_it_introspected()
    {
        await using var verifying = await OpenIdHarness.StartAsync(null, null, "bearer", "introspection");
        await using var asking = await OpenIdHarness.StartAsync(new JsonObject { ["introspect_jwt_tokens"] = true }, null, "bearer", "introspection");

        Assert.Equal(200, (await verifying.BearAsync(verifying.Issuer.Token())).Status);
        Assert.Equal(0, verifying.Issuer.Count("/introspect"));

        // Signed, but revoked as far as the issuer knows.
        Assert.Equal(401, (await asking.BearAsync(asking.Issuer.Token())).Status);
        Assert.Equal(1, asking.Issuer.Count("/introspect"));
    }

    [Theory]
    [InlineData("client_credentials", "machine", "machine secret", "machine", 200)]
    [InlineData("client_credentials", "machine", "wrong", null, 401)]
    [InlineData("password", "ann", "right", "ann", 200)]
    [InlineData("password", "ann", "wrong", null, 401)]
    [InlineData("password", "machine", "machine secret", null, 401)]
    public async Task A_name_and_its_secret_are_exchanged_for_a_token_that_the_upstream_gets(string method, string name, string secret, string? subject, int status)
    {
        await using var harness = await OpenIdHarness.StartAsync(null, null, method);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(status, (await AskAsync(harness, name, secret)).Status);
        }

        Assert.Equal(status == 200 ? 1 : 3, harness.Issuer.Count("/token " + method));
        if (status == 200)
        {
            Assert.Equal(subject, harness.Plane.Upstream.LastHeaders["X-Credential-Identifier"]);
            Assert.StartsWith("Bearer ey", harness.Plane.Upstream.LastHeaders["Authorization"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_exchanged_token_is_exchanged_again_before_it_expires()
    {
        await using var harness = await OpenIdHarness.StartAsync(null, null, "client_credentials");
        Assert.Equal(200, (await AskAsync(harness, "machine", "machine secret")).Status);

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(291));

        Assert.Equal(200, (await AskAsync(harness, "machine", "machine secret")).Status);
        Assert.Equal(2, harness.Issuer.Count("/token client_credentials"));
    }

    [Fact]
    public async Task While_the_provider_is_away_the_answer_says_so()
    {
        await using var harness = await OpenIdHarness.StartAsync(null, null, "client_credentials", "introspection");
        Assert.Equal(200, (await AskAsync(harness, "machine", "machine secret")).Status);
        harness.Issuer.IsAway = true;

        Assert.Equal(503, (await AskAsync(harness, "other", "secret")).Status);
        Assert.Equal(503, (await harness.BearAsync("opaque")).Status);
        Assert.Equal(200, (await AskAsync(harness, "machine", "machine secret")).Status);
    }

    private static Task<PluginHarness.Answer> AskAsync(OpenIdHarness harness, string name, string secret) =>
        harness.Plane.GetAsync("/x", ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"))));
}
