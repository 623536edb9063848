using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>What claims mean: who may pass, who that is, and who is told.</summary>
public sealed class CallerRulesTests
{
    [Theory]
    [InlineData("""{"scopes_required":["read"]}""", """{}""", 200)]
    [InlineData("""{"scopes_required":["write"]}""", """{}""", 403)]
    [InlineData("""{"scopes_required":["write","read"]}""", """{}""", 200)]
    [InlineData("""{"scopes_required":["read write"]}""", """{}""", 403)]
    [InlineData("""{"scopes_required":["read write"]}""", """{"scope":["write","read"]}""", 200)]
    [InlineData("""{"scopes_required":["read"],"scopes_claim":["scp"]}""", """{}""", 403)]
    [InlineData("""{"audience_required":["api"]}""", """{}""", 403)]
    [InlineData("""{"audience_required":["api"]}""", """{"aud":"api"}""", 200)]
    [InlineData("""{"audience_required":["api"]}""", """{"aud":["other","api"]}""", 200)]
    [InlineData("""{"audience_required":["api"]}""", """{"aud":"api2"}""", 403)]
    [InlineData("""{"audience_required":["app-1"],"audience_claim":["client_id"]}""", """{"client_id":"app-1"}""", 200)]
    [InlineData("""{"groups_required":["admins"],"groups_claim":["cognito:groups"]}""", """{"cognito:groups":["users","admins"]}""", 200)]
    [InlineData("""{"groups_required":["admins"],"groups_claim":["cognito:groups"]}""", """{"cognito:groups":["users"]}""", 403)]
    [InlineData("""{"roles_required":["editor"],"roles_claim":["realm_access","roles"]}""", """{"realm_access":{"roles":["editor"]}}""", 200)]
    [InlineData("""{"roles_required":["editor"],"roles_claim":["realm_access","roles"]}""", """{"realm_access":"editor"}""", 403)]
    public async Task Who_lacks_what_is_required_is_forbidden(string config, string claims, int status)
    {
        await using var harness = await OpenIdHarness.StartAsync(JsonNode.Parse(config)!.AsObject());
        var more = JsonNode.Parse(claims)!.AsObject().Select(static claim => (claim.Key, claim.Value)).ToArray();

        var answer = await harness.BearAsync(harness.Issuer.Token(more));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 403 ? "Forbidden" : null, status == 403 ? answer.Message : null);
    }

    [Theory]
    [InlineData("""{"consumer_claim":["name"]}""", "ann", 200, "ann")]
    [InlineData("""{"consumer_claim":["name"]}""", "bob", 403, null)]
    [InlineData("""{"consumer_claim":["name"],"consumer_optional":true}""", "bob", 200, null)]
    [InlineData("""{"consumer_claim":["name"],"consumer_by":["custom_id"]}""", "ann", 403, null)]
    [InlineData("""{"consumer_claim":["other"]}""", "ann", 403, null)]
    public async Task A_claim_names_the_consumer(string config, string name, int status, string? consumer)
    {
        await using var harness = await OpenIdHarness.StartAsync(JsonNode.Parse(config)!.AsObject());

        Assert.Equal(status, (await harness.BearAsync(harness.Issuer.Token(("name", name)), ("X-Consumer-Username", "admin"))).Status);
        Assert.Equal(consumer, harness.Plane.Upstream.LastHeaders.GetValueOrDefault("X-Consumer-Username"));
    }

    [Fact]
    public async Task Groups_of_a_claim_are_what_the_acl_plugin_asks()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["authenticated_groups_claim"] = new JsonArray("cognito:groups") });
        harness.Plane.Configuration.Plugin("acl", new JsonObject { ["allow"] = new JsonArray("admins") });
        await harness.Plane.ApplyAsync(2);

        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token(("cognito:groups", new JsonArray("admins"))))).Status);
        Assert.Equal(403, (await harness.BearAsync(harness.Issuer.Token(("cognito:groups", new JsonArray("users"))))).Status);
    }

    [Fact]
    public async Task Claims_become_headers_and_a_client_s_own_word_never_does()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject
        {
            ["upstream_headers_claims"] = new JsonArray("email", "address", "missing", "bad"),
            ["upstream_headers_names"] = new JsonArray("X-Email", "X-Address", "X-Missing", "X-Bad"),
            ["downstream_headers_claims"] = new JsonArray("sub"),
            ["downstream_headers_names"] = new JsonArray("X-Sub"),
        });
        var token = harness.Issuer.Token(("email", "ann@example.com"), ("address", new JsonObject { ["city"] = "Graz" }), ("bad", "a\r\nX-Admin: 1"));

        var answer = await harness.BearAsync(token, ("X-Missing", "forged"), ("X-Bad", "forged"), ("X-Email", "forged"));

        var headers = harness.Plane.Upstream.LastHeaders;
        Assert.Equal((200, "user-1"), (answer.Status, answer.Header("X-Sub")));
        Assert.Equal("ann@example.com", headers["X-Email"]);
        Assert.Equal("""{"city":"Graz"}""", headers["X-Address"]);
        Assert.Equal("Bearer " + token, headers["Authorization"]);
        Assert.DoesNotContain("X-Missing", headers.Keys);
        Assert.DoesNotContain("X-Bad", headers.Keys);
        Assert.DoesNotContain("X-Admin", headers.Keys);
    }

    [Fact]
    public async Task Names_of_all_languages_reach_the_upstream_and_the_client_gets_what_can_be_sent()
    {
        const string Name = "Zoë 陳";
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject
        {
            ["credential_claim"] = new JsonArray("name"),
            ["upstream_headers_claims"] = new JsonArray("name"),
            ["upstream_headers_names"] = new JsonArray("X-Name"),
            ["downstream_headers_claims"] = new JsonArray("name", "sub"),
            ["downstream_headers_names"] = new JsonArray("X-Name", "X-Sub"),
        });

        var answer = await harness.BearAsync(harness.Issuer.Token(("name", Name)));

        Assert.Equal((200, null, "user-1"), (answer.Status, answer.Header("X-Name"), answer.Header("X-Sub")));
        Assert.Equal(Name, harness.Plane.Upstream.LastHeaders["X-Name"]);
        Assert.Equal(Name, harness.Plane.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

    [Theory]
    [InlineData("a\r\nX-Admin: 1")]
    [InlineData("a\nX-Admin: 1")]
    [InlineData("a\u0001\u007f")]
    public async Task What_no_header_can_hold_is_told_to_nobody(string claim)
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject
        {
            ["credential_claim"] = new JsonArray("name"),
            ["authenticated_groups_claim"] = new JsonArray("groups"),
            ["upstream_headers_claims"] = new JsonArray("name"),
            ["upstream_headers_names"] = new JsonArray("X-Name"),
            ["downstream_headers_claims"] = new JsonArray("name"),
            ["downstream_headers_names"] = new JsonArray("X-Name"),
        });
        harness.Plane.Configuration.Plugin("acl", new JsonObject { ["allow"] = new JsonArray("users") });
        await harness.Plane.ApplyAsync(2);

        var answer = await harness.BearAsync(harness.Issuer.Token(("name", claim), ("groups", new JsonArray("users", claim))));

        var headers = harness.Plane.Upstream.LastHeaders;
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Header("X-Name"));
        Assert.Equal("users", headers["X-Authenticated-Groups"]);
        Assert.DoesNotContain("X-Credential-Identifier", headers.Keys);
        Assert.DoesNotContain("X-Name", headers.Keys);
        Assert.DoesNotContain("X-Admin", headers.Keys);
    }

    [Fact]
    public async Task Whom_nobody_knows_is_the_anonymous_consumer()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["anonymous"] = "guest" });

        Assert.Equal(200, (await harness.Plane.GetAsync("/x")).Status);
        Assert.Equal("guest", harness.Plane.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal("true", harness.Plane.Upstream.LastHeaders["X-Anonymous-Consumer"]);
    }

    [Fact]
    public async Task Refusals_may_be_redirects()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject
        {
            ["unauthorized_redirect_uri"] = new JsonArray("https://example.com/login"),
            ["forbidden_redirect_uri"] = new JsonArray("https://example.com/no"),
            ["scopes_required"] = new JsonArray("write"),
        });
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        Assert.Equal("https://example.com/login", (await browser.GetAsync("/x")).Location);
        Assert.Equal("https://example.com/no", (await browser.GetAsync("/x", ("Authorization", "Bearer " + harness.Issuer.Token()))).Location);
    }
}
