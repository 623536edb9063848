using System.Net;
using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>What comes after the sign-in.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_cookie_that_was_tampered_with_is_no_session()
    {
        await using var harness = await StartAsync();
        using var browser = await SignedInAsync(harness);
        var cookie = browser.Cookies["session"];

        for (var i = 0; i < cookie.Length; i += Math.Max(1, cookie.Length / 40))
        {
            browser.Cookies["session"] = $"{cookie[..i]}{(cookie[i] == 'A' ? 'B' : 'A')}{cookie[(i + 1)..]}";
            Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x")).Status);
        }

        foreach (var broken in new[] { "", "A", cookie[..^2], cookie + "AA", new string('A', 200), "%%%" })
        {
            browser.Cookies["session"] = broken;
            Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x")).Status);
        }

        Assert.Equal(1, harness.Plane.Upstream.Requests);
        browser.Cookies["session"] = cookie;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task A_session_is_no_sign_in_and_one_secret_s_cookie_is_nothing_to_another()
    {
        await using var harness = await StartAsync();
        using var browser = await SignedInAsync(harness);
        await using var other = await StartAsync(("session_secret", "another secret of sixteen"), ("issuer", harness.Issuer.Url));
        using var there = new Browser(other.Plane.Plane.Proxy);
        there.Cookies["session"] = browser.Cookies["session"];

        Assert.Equal(HttpStatusCode.Found, (await there.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task Another_data_plane_with_the_same_secret_knows_the_session()
    {
        await using var harness = await StartAsync();
        using var browser = await SignedInAsync(harness);
        await using var other = await StartAsync(("issuer", harness.Issuer.Url));
        using var there = new Browser(other.Plane.Plane.Proxy);
        there.Cookies["session"] = browser.Cookies["session"];

        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_goes_on_when_it_is()
    {
        await using var harness = await StartAsync();
        harness.Issuer.Lifetime = TimeSpan.FromDays(2);
        using var browser = await SignedInAsync(harness);

        for (var i = 0; i < 5; i++)
        {
            harness.Plane.Time.Advance(TimeSpan.FromSeconds(800));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
        }

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(901));
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task A_session_ends_in_the_end()
    {
        await using var harness = await StartAsync(("session_idling_timeout", 0));
        harness.Issuer.Lifetime = TimeSpan.FromDays(2);
        using var browser = await SignedInAsync(harness);

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(86_399));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task An_access_token_is_renewed_once_for_all_requests_of_a_moment()
    {
        await using var harness = await StartAsync();
        using var browser = await SignedInAsync(harness);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(280));

        // All bring the same cookie, as a page's requests do.
        using var others = new Browser(harness.Plane.Plane.Proxy);
        others.Cookies["session"] = browser.Cookies["session"];
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var tab = new Browser(harness.Plane.Plane.Proxy);
            tab.Cookies["session"] = browser.Cookies["session"];
            Assert.Equal(HttpStatusCode.OK, (await tab.GetAsync("/x")).Status);
        }));
        Assert.Equal(HttpStatusCode.OK, (await others.GetAsync("/x")).Status);
        Assert.Equal(1, harness.Issuer.Count("/token refresh_token"));

        // The provider gave another refresh token, which is the one that is good now.
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(290));
        Assert.Equal(HttpStatusCode.OK, (await others.GetAsync("/x")).Status);
        Assert.Equal(2, harness.Issuer.Count("/token refresh_token"));
    }

    [Fact]
    public async Task A_session_whose_refresh_token_is_refused_ends_with_its_access_token()
    {
        await using var harness = await StartAsync();
        using var browser = await SignedInAsync(harness);
        harness.Issuer.Refreshes = false;

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(280));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task A_session_outlives_a_provider_that_is_away_for_a_while()
    {
        await using var harness = await StartAsync();
        using var browser = await SignedInAsync(harness);
        harness.Issuer.IsAway = true;

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(280));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/x")).Status);

        harness.Issuer.IsAway = false;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task Tokens_too_long_for_one_cookie_take_several_and_give_them_back()
    {
        await using var harness = await StartAsync();
        harness.Issuer.Twist = static token => token["groups"] = new JsonArray([.. Enumerable.Range(0, 400).Select(static i => JsonValue.Create($"group-{i}"))]);
        using var browser = await SignedInAsync(harness);

        Assert.True(browser.Cookies.Count > 1);
        Assert.All(browser.LastSet, static field => Assert.True(field.Length <= 4096));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);

        Assert.Equal(HttpStatusCode.Found, (await browser.SendAsync(HttpMethod.Post, "/x/logout")).Status);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task A_logout_ends_the_session_here_and_at_the_provider()
    {
        await using var harness = await StartAsync(("logout_revoke", true), ("logout_redirect_uri", new JsonArray("https://example.com/bye")));
        using var browser = await SignedInAsync(harness);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x/logout")).Status);
        var left = await browser.SendAsync(HttpMethod.Post, "/x/logout");

        Assert.Equal(HttpStatusCode.Found, left.Status);
        Assert.StartsWith(harness.Issuer.Url + "/logout?client_id=gateway&id_token_hint=ey", left.Location, StringComparison.Ordinal);
        Assert.EndsWith("&post_logout_redirect_uri=https%3A%2F%2Fexample.com%2Fbye", left.Location, StringComparison.Ordinal);
        Assert.Equal(2, harness.Issuer.Count("/revoke"));
        Assert.Empty(browser.Cookies);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task With_an_anonymous_consumer_a_logout_still_is_one()
    {
        await using var harness = await StartAsync(("anonymous", "guest"), ("auth_methods", new JsonArray("session", "bearer")));
        using var browser = new Browser(harness.Plane.Plane.Proxy);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x")).Status);
        Assert.Equal(HttpStatusCode.Found, (await browser.SendAsync(HttpMethod.Post, "/x/logout")).Status);
    }

    private static Task<OpenIdHarness> StartAsync(params (string Name, JsonNode Value)[] config)
    {
        var all = new JsonObject { ["logout_uri_suffix"] = "/logout" };
        foreach (var (name, value) in config)
        {
            all[name] = value;
        }

        return OpenIdHarness.StartAsync(all, null, "authorization_code", "session");
    }

    private static async Task<Browser> SignedInAsync(OpenIdHarness harness)
    {
        var browser = new Browser(harness.Plane.Plane.Proxy);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync("/x")).Status);
        return browser;
    }
}
