using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access.Tokens;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

/// <summary>Who may use the Admin API, and what is recorded of it, on whichever database.</summary>
public abstract class AccessTests(StoreFixture fixture) : AccessScenario(fixture)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_nothing_is_answered_but_that_one_is_needed()
    {
        await using var api = await StartAsync();

        foreach (var path in (string[])["/", "/services", "/nothing/there", "/whoami"])
        {
            using var refused = await api.Client.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("Bearer realm=\"Admin API\"", refused.Headers.WwwAuthenticate.ToString());
            Assert.Contains("needs a token", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_admin_token_of_the_settings_opens_everything_in_either_header()
    {
        await using var api = await StartAsync();

        Assert.Equal("admin-token", (string?)(await GetAsync(api, "/whoami", AdminToken))["principal"]);
        using var kong = new HttpRequestMessage(HttpMethod.Get, "/tokens");
        kong.Headers.Add("Kong-Admin-Token", AdminToken);
        using var listed = await api.Client.SendAsync(kong, Token);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
    }

    [Fact]
    public async Task A_token_is_shown_once_works_and_ends_when_it_is_revoked()
    {
        var options = await OptionsAsync();
        await using var api = await RunningAdminApi.StartAsync(options);
        var (id, token) = await CreateAsync(api, new { name = "ci", role = "editor" });

        var listed = Assert.Single((await GetAsync(api, "/tokens", AdminToken))["data"]!.AsArray())!;
        Assert.Equal(("ci", "editor", token[..12], "admin-token"), ((string?)listed["name"], (string?)listed["role"], (string?)listed["prefix"], (string?)listed["created_by"]));
        Assert.DoesNotContain(token, listed.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("token:ci", (string?)(await GetAsync(api, "/whoami", token))["principal"]);
        Assert.False(Contains(await Fixture.DumpAsync(options), token));

        using var revoked = await SendAsync(api, HttpMethod.Delete, $"/tokens/{id}", AdminToken);
        using var after = await SendAsync(api, HttpMethod.Get, "/whoami", token);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), (revoked.StatusCode, after.StatusCode));
        Assert.Contains("invalid_token", after.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_when_its_time_is_over()
    {
        var time = new SettableTime(Now);
        await using var api = await StartAsync(time: time);
        var (_, token) = await CreateAsync(api, new { name = "short", role = "viewer", ttl = 60 });
        Assert.Equal(Now.AddSeconds(60).ToUnixTimeSeconds(), (long)(await GetAsync(api, "/whoami", token))["expires_at"]!);

        time.Now = Now.AddSeconds(60);
        using var refused = await SendAsync(api, HttpMethod.Get, "/whoami", token);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains($"the token {token[..12]}… (short) has expired", await MessageAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_token_was_used_last_is_known()
    {
        var time = new SettableTime(Now);
        await using var api = await StartAsync(time: time);
        var (id, token) = await CreateAsync(api, new { name = "ci", role = "viewer" });
        Assert.Null((await GetAsync(api, $"/tokens/{id}", AdminToken))["last_used_at"]);

        time.Now = Now.AddHours(1);
        await GetAsync(api, "/whoami", token);
        await api.Get<TokenDirectory>().WriteUsesAsync(Token);

        Assert.Equal(Now.AddHours(1).ToUnixTimeSeconds(), (long)(await GetAsync(api, $"/tokens/{id}", AdminToken))["last_used_at"]!);
    }

    [Theory]
    [InlineData("viewer", "/services", 200, 403, 403)]
    [InlineData("portal-editor", "/services", 200, 403, 403)]
    [InlineData("editor", "/services", 200, 201, 403)]
    [InlineData("admin", "/services", 200, 201, 201)]
    public async Task A_role_may_what_it_may(string role, string path, int reading, int writing, int administering)
    {
        await using var api = await StartAsync();
        var (_, token) = await CreateAsync(api, new { name = "one", role });

        using var read = await SendAsync(api, HttpMethod.Get, path, token);
        using var write = await SendAsync(api, HttpMethod.Post, path, token, new { name = "petstore", host = "petstore.test" });
        using var administer = await SendAsync(api, HttpMethod.Post, "/tokens", token, new { name = "another", role = "viewer" });

        Assert.Equal((reading, writing, administering), ((int)read.StatusCode, (int)write.StatusCode, (int)administer.StatusCode));
        if (administering is 403)
        {
            Assert.Equal($"Forbidden: token:one has the role {role}; this needs the role admin", await MessageAsync(administer));
        }
    }

    [Fact]
    public async Task Two_tokens_of_one_name_are_refused_and_so_is_what_is_no_token()
    {
        await using var api = await StartAsync();
        await CreateAsync(api, new { name = "ci", role = "editor" });

        using var again = await SendAsync(api, HttpMethod.Post, "/tokens", AdminToken, new { name = "ci", role = "viewer" });
        using var wrong = await SendAsync(api, HttpMethod.Post, "/tokens", AdminToken, new { name = "a b", role = "owner", tags = "a/b", ttl = 5, color = "red" });
        using var limited = await SendAsync(api, HttpMethod.Post, "/tokens", AdminToken, new { name = "b", tags = new[] { "a" }, role = "admin" });

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["name", "role", "tags", "ttl", "color"], JsonNode.Parse(await wrong.Content.ReadAsStringAsync(Token))!["fields"]!.AsObject().Select(field => field.Key));
        Assert.Contains("can't be limited to tags", await MessageAsync(limited), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_fails_too_often_is_told_to_wait_and_others_are_not_locked_out()
    {
        await using var api = await StartAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var refused = await SendAsync(api, HttpMethod.Get, "/services", $"wrong-{attempt}");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var throttled = await SendAsync(api, HttpMethod.Get, "/services", "wrong-again");
        using var once = await SendAsync(api, HttpMethod.Get, "/services", "wrong-once-more");

        Assert.Equal((HttpStatusCode)429, throttled.StatusCode);
        Assert.InRange(throttled.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(Enumerable.Repeat("authentication_failed", 10).Prepend("throttled"), (await GetAsync(api, "/audit", AdminToken))["data"]!.AsArray().Select(record => (string?)record!["event"]));
    }

    [Fact]
    public async Task Every_write_and_every_failure_is_in_the_audit_log_without_secrets()
    {
        await using var api = await StartAsync();
        var (_, token) = await CreateAsync(api, new { name = "ci", role = "editor" });
        using var created = await SendAsync(api, HttpMethod.Post, "/consumers", token, new { username = "alice" });
        using var key = await SendAsync(api, HttpMethod.Post, "/consumers/alice/key-auth", token, new { key = "the-secret-key" });
        using var deleted = await SendAsync(api, HttpMethod.Delete, "/consumers/alice/key-auth/the-secret-key", token);
        using var denied = await SendAsync(api, HttpMethod.Get, "/audit", token);
        using var refused = await SendAsync(api, HttpMethod.Get, "/services?apikey=in-the-query", "a-wrong-token");
        await GetAsync(api, "/services", token);

        var log = await GetAsync(api, "/audit", AdminToken);

        Assert.Equal(
            [
                ("authentication_failed", null, "GET", "/services", 401, null),
                ("denied", "token:ci", "GET", "/audit", 403, null),
                ("write", "token:ci", "DELETE", "/consumers/alice/key-auth/********", 204, 4),
                ("write", "token:ci", "POST", "/consumers/alice/key-auth", 201, 3),
                ("write", "token:ci", "POST", "/consumers", 201, 2),
                ("write", "admin-token", "POST", "/tokens", 201, null),
            ],
            log["data"]!.AsArray().Select(record => (
                (string)record!["event"]!, (string?)record["principal"], (string)record["method"]!, (string)record["path"]!, (int)record["status"]!, (long?)record["revision"])));
        Assert.All(log["data"]!.AsArray(), record => Assert.Equal("127.0.0.1", (string?)record!["source_address"]));
        foreach (var secret in (string[])["the-secret-key", "in-the-query", "a-wrong-token", token, AdminToken])
        {
            Assert.DoesNotContain(secret, log.ToJsonString(), StringComparison.Ordinal);
        }

        var revisions = await GetAsync(api, "/config/revisions", AdminToken);
        Assert.Equal(("token:ci", "DELETE /consumers/alice/key-auth/********"), ((string?)revisions["data"]![0]!["principal"], (string?)revisions["data"]![0]!["message"]));

        var page = await GetAsync(api, "/audit?size=2&principal=token:ci", AdminToken);
        var next = await GetAsync(api, (string)page["next"]!, AdminToken);
        Assert.Equal(["GET", "DELETE", "POST", "POST"], page["data"]!.AsArray().Concat(next["data"]!.AsArray()).Select(record => (string?)record!["method"]));
    }

    [Fact]
    public async Task Where_nobody_has_to_sign_in_a_wrong_token_is_refused_all_the_same()
    {
        var options = await OptionsAsync();
        await using var api = await RunningAdminApi.StartAsync(options with { Access = options.Access with { Required = false } });

        using var open = await api.Client.GetAsync("/whoami", Token);
        using var wrong = await SendAsync(api, HttpMethod.Get, "/whoami", "wrong");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (open.StatusCode, wrong.StatusCode));
        Assert.Equal("admin-token", (string?)(await GetAsync(api, "/whoami", AdminToken))["principal"]);
    }

    private static bool Contains(byte[] dump, string text) => dump.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
