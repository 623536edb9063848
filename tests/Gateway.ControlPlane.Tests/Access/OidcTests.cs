using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

/// <summary>Bearer tokens of an OpenID Connect provider, whose keys come over HTTP.</summary>
public sealed class OidcTests(SqliteFixture fixture) : AccessScenario(fixture), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task Groups_are_roles_and_the_claim_is_the_name_that_revisions_record()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);
        var token = issuer.Token(claims => claims["cognito:groups"] = new[] { "team-a", "viewers", "somebody-elses" });

        var self = await GetAsync(api, "/whoami", token);
        using var written = await SendAsync(api, HttpMethod.Post, "/services", token, new { name = "a", host = "a.test", tags = new[] { "team-a" } });
        using var refused = await SendAsync(api, HttpMethod.Post, "/services", token, new { name = "b", host = "b.test" });

        Assert.Equal("oidc:alice", (string?)self["principal"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"role": "editor", "tags": ["team-a"]}, {"role": "viewer", "tags": []}]"""), self["grants"]));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Forbidden), (written.StatusCode, refused.StatusCode));
        // As a viewer of everything.
        Assert.Equal("oidc:alice", (string?)(await GetAsync(api, "/revisions", token))["data"]![0]!["principal"]);
    }

    [Fact]
    public async Task An_id_token_for_this_audience_is_taken_and_one_with_a_single_group_as_text()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);
        var token = issuer.Token(claims =>
        {
            claims.Remove("client_id");
            claims["token_use"] = "id";
            claims["aud"] = OidcIssuer.Audience;
            claims["cognito:groups"] = "admins";
        });

        Assert.Empty((await GetAsync(api, "/tokens", token))["data"]!.AsArray());
    }

    [Fact]
    public async Task Who_is_in_no_group_that_counts_is_known_and_may_nothing()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);

        using var refused = await SendAsync(api, HttpMethod.Get, "/services", issuer.Token(claims => claims.Remove("cognito:groups")));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("Forbidden: oidc:alice has no role; this needs the role viewer or portal-editor or editor or admin", await MessageAsync(refused));
    }

    [Theory]
    [InlineData("iss", "http://127.0.0.1:1/other", "another issuer")]
    [InlineData("client_id", "another-client", "another audience")]
    [InlineData("token_use", "id", "another audience")]
    [InlineData("aud", "another-audience", "another audience")]
    [InlineData("exp", 1_700_000_000L, "has expired")]
    [InlineData("nbf", 4_000_000_000L, "not valid yet")]
    [InlineData("exp", null, "has expired")]
    [InlineData("username", null, "no claim 'username'")]
    public async Task A_token_that_is_not_for_here_and_now_is_refused(string claim, object? value, string problem)
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);

        using var refused = await SendAsync(api, HttpMethod.Get, "/whoami", issuer.Token(claims =>
        {
            claims.Remove(claim);
            if (value is not null)
            {
                claims[claim] = value;
            }
        }));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains(problem, await MessageAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_another_key_signed_or_none_is_refused()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);
        using var foreign = RSA.Create(2048);
        var good = issuer.Token();
        var unsigned = "eyJhbGciOiJub25lIn0." + good.Split('.')[1] + ".";

        foreach (var token in (string[])[issuer.Token(key: foreign), unsigned, good[..^20] + "AAAAAAAAAAAAAAAAAAAA", "a.b.c"])
        {
            using var refused = await SendAsync(api, HttpMethod.Get, "/whoami", token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain(token, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_is_new_is_fetched_and_keys_that_were_read_serve_while_the_provider_is_away()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);
        var before = issuer.Token();
        await GetAsync(api, "/whoami", before);

        issuer.Rotate("second");
        var after = issuer.Token();
        await GetAsync(api, "/whoami", after);
        await issuer.StopAsync();

        await GetAsync(api, "/whoami", before);
        await GetAsync(api, "/whoami", after);
    }

    [Fact]
    public async Task While_the_provider_was_never_reached_its_tokens_are_503_and_ours_work()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var api = await StartAsync(issuer);
        var token = issuer.Token();
        await issuer.StopAsync();

        using var unknown = await SendAsync(api, HttpMethod.Get, "/whoami", token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        Assert.Equal("admin-token", (string?)(await GetAsync(api, "/whoami", AdminToken))["principal"]);
    }

    private async Task<RunningAdminApi> StartAsync(OidcIssuer issuer)
    {
        var options = await OptionsAsync();
        return await RunningAdminApi.StartAsync(options with { Access = options.Access with { Oidc = issuer.Options } });
    }
}
