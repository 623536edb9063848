using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>Users with a browser: the authorization code flow.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_user_signs_in_once_and_then_has_a_session()
    {
        await using var harness = await StartAsync();
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        var back = await browser.SignInAsync("/x/page?a=b");

        Assert.Equal((HttpStatusCode.OK, "hello"), (back.Status, back.Body));
        Assert.Equal("/page", harness.Plane.Upstream.LastTarget);
        Assert.Equal("user-1", harness.Plane.Upstream.LastHeaders["X-Credential-Identifier"]);
        Assert.StartsWith("Bearer ey", harness.Plane.Upstream.LastHeaders["Authorization"], StringComparison.Ordinal);
        Assert.All(browser.Cookies.Keys, static name => Assert.StartsWith("session", name, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x/other?c=d", ("Cookie", "own=1"))).Status);
        Assert.Equal("/other?c=d", harness.Plane.Upstream.LastTarget);
        Assert.Equal("own=1", harness.Plane.Upstream.LastHeaders["Cookie"]);
        Assert.Equal(1, harness.Issuer.Count("/token authorization_code"));
    }

    [Fact]
    public async Task Cookies_are_for_this_site_s_requests_alone_and_no_script_sees_them()
    {
        await using var harness = await StartAsync();
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        await browser.GetAsync("/x");
        Assert.Matches("^authorization_[0-9a-f]{16}=[A-Za-z0-9_-]+; Path=/; Max-Age=600; SameSite=Lax; HttpOnly$", Assert.Single(browser.LastSet));

        await browser.SignInAsync("/x");
        Assert.Contains(browser.LastSet, static field => field.StartsWith("session=", StringComparison.Ordinal) && field.EndsWith("; Path=/; SameSite=Lax; HttpOnly", StringComparison.Ordinal));
        Assert.DoesNotContain(browser.LastSet, static field => field.Contains("eyJ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_sign_in_a_user_is_sent_to_what_was_asked_for()
    {
        await using var harness = await StartAsync(("login_action", "redirect"), ("preserve_query_args", true));
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        var back = await browser.SignInAsync("/x/page?a=b");

        Assert.Equal((HttpStatusCode.Found, "/x/page?a=b"), (back.Status, back.Location));
        Assert.Equal(0, harness.Plane.Upstream.Requests);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(back.Location!)).Status);
    }

    [Theory]
    [InlineData("/x//evil.example/a")]
    [InlineData("//evil.example/x/a")]
    [InlineData("/x/%5c%5cevil.example")]
    public async Task Nobody_is_sent_to_another_host(string target)
    {
        await using var harness = await StartAsync(("login_action", "redirect"), ("preserve_query_args", true));
        harness.Plane.Configuration.Route("all", harness.Plane.Service, static route => route with { Paths = ["/"] });
        await harness.Plane.ApplyAsync(2);
        using var browser = new Browser(harness.Plane.Plane.Proxy);
        var begun = await browser.GetAsync(harness.Plane.Plane.Proxy.AbsoluteUri.TrimEnd('/') + target);
        var authorized = await browser.GetAsync(begun.Location!);

        var back = await browser.GetAsync(authorized.Location!);

        Assert.Equal(HttpStatusCode.Found, back.Status);
        Assert.Matches("^/[^/\\\\]", back.Location);
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        await using var harness = await StartAsync();
        using var browser = new Browser(harness.Plane.Plane.Proxy);
        var begun = await browser.GetAsync("/x");
        var pending = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
        var authorized = await browser.GetAsync(begun.Location!);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(authorized.Location!)).Status);

        using var thief = new Browser(harness.Plane.Plane.Proxy);
        foreach (var (name, value) in pending)
        {
            thief.Cookies[name] = value;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync(authorized.Location!)).Status);
        Assert.Equal(1, harness.Issuer.Count("/token authorization_code"));
    }

    [Fact]
    public async Task A_code_is_good_for_the_browser_that_asked_for_it_alone()
    {
        await using var harness = await StartAsync(("redirect_uri", new JsonArray("http://127.0.0.1/x/back")));
        using var user = new Browser(harness.Plane.Plane.Proxy);
        using var attacker = new Browser(harness.Plane.Plane.Proxy);
        var begun = await attacker.GetAsync("/x");
        await user.GetAsync("/x");
        var code = new Uri((await attacker.GetAsync(begun.Location!)).Location!).Query;

        // What a victim would open: the attacker's answer in the victim's browser.
        Assert.Equal(HttpStatusCode.Unauthorized, (await user.GetAsync("/x/back" + code)).Status);

        // And its own state with the attacker's code.
        var own = QueryHelpers.ParseQuery(new Uri((await user.GetAsync("/x")).Location!).Query)["state"];
        Assert.Equal(HttpStatusCode.Unauthorized, (await user.GetAsync($"/x/back?code={QueryHelpers.ParseQuery(code)["code"]}&state={own}")).Status);
        Assert.Equal(0, harness.Plane.Upstream.Requests);
    }

    [Fact]
    public async Task Two_tabs_may_sign_in_at_a_time()
    {
        await using var harness = await StartAsync();
        using var browser = new Browser(harness.Plane.Plane.Proxy);
        var one = await browser.GetAsync("/x/1");
        var two = await browser.GetAsync("/x/2");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync((await browser.GetAsync(one.Location!)).Location!)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync((await browser.GetAsync(two.Location!)).Location!)).Status);
    }

    [Fact]
    public async Task A_sign_in_has_to_come_to_its_end_in_time()
    {
        await using var harness = await StartAsync(("redirect_uri", new JsonArray("http://127.0.0.1/x/back")));
        using var browser = new Browser(harness.Plane.Plane.Proxy);
        var begun = await browser.GetAsync("/x");
        var code = new Uri((await browser.GetAsync(begun.Location!)).Location!).Query;

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(601));

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/x/back" + code)).Status);
    }

    [Theory]
    [InlineData("nonce", "other")]
    [InlineData("aud", "other-client")]
    [InlineData("azp", "other-client")]
    [InlineData("iss", "https://other.example")]
    [InlineData("exp", 1)]
    public async Task An_ID_token_that_is_not_for_this_sign_in_ends_it(string claim, object value)
    {
        await using var harness = await StartAsync();
        harness.Issuer.Twist = token => token[claim] = JsonValue.Create(value);
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        var back = await browser.SignInAsync("/x");

        Assert.Equal(HttpStatusCode.Unauthorized, back.Status);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task An_upstream_s_own_code_and_state_are_left_alone()
    {
        await using var harness = await StartAsync();
        using var browser = new Browser(harness.Plane.Plane.Proxy);
        await browser.SignInAsync("/x");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x/oauth?code=1&state=2")).Status);
        Assert.Equal("/oauth?code=1&state=2", harness.Plane.Upstream.LastTarget);
    }

    [Fact]
    public async Task What_changes_something_is_refused_rather_than_sent_to_sign_in()
    {
        await using var harness = await StartAsync();
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(HttpMethod.Post, "/x")).Status);
    }

    [Fact]
    public async Task The_provider_gets_what_the_config_says()
    {
        await using var harness = await StartAsync(
            ("scopes", new JsonArray("openid", "email")), ("audience", new JsonArray("api")), ("redirect_uri", new JsonArray("https://api.example.com/x/back")),
            ("authorization_query_args_names", new JsonArray("identity_provider")), ("authorization_query_args_values", new JsonArray("Google")));
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        var query = QueryHelpers.ParseQuery(new Uri((await browser.GetAsync("/x")).Location!).Query);

        Assert.Equal("openid email", query["scope"]);
        Assert.Equal("api", query["audience"]);
        Assert.Equal("https://api.example.com/x/back", query["redirect_uri"]);
        Assert.Equal("Google", query["identity_provider"]);
    }

    private static Task<OpenIdHarness> StartAsync(params (string Name, JsonNode Value)[] config) =>
        OpenIdHarness.StartAsync(new JsonObject(config.Select(static field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value))), null, "authorization_code", "session");
}
