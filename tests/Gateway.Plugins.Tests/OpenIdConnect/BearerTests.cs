using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>Callers with an access token.</summary>
public sealed class BearerTests
{
    [Fact]
    public async Task A_token_of_the_issuer_lets_its_caller_pass_and_the_issuer_is_asked_once()
    {
        await using var harness = await OpenIdHarness.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        }

        Assert.Equal(["/.well-known/openid-configuration", "/jwks"], harness.Issuer.Requests);
        Assert.Equal("user-1", harness.Plane.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

    [Fact]
    public async Task Without_a_token_the_answer_says_how_to_authenticate()
    {
        await using var harness = await OpenIdHarness.StartAsync();

        var missing = await harness.Plane.GetAsync("/x");
        var wrong = await harness.BearAsync("no-token");

        Assert.Equal((401, "Unauthorized", "Bearer realm=\"127.0.0.1\""), (missing.Status, missing.Message, missing.Header("WWW-Authenticate")));
        Assert.Equal((401, "Bearer realm=\"127.0.0.1\", error=\"invalid_token\""), (wrong.Status, wrong.Header("WWW-Authenticate")));
        Assert.Equal(0, harness.Plane.Upstream.Requests);
    }

    [Theory]
    [InlineData("header", "/x", "Authorization", "bearer  {0}", 200)]
    [InlineData("query", "/x?a=b&access_token={0}", null, null, 200)]
    [InlineData("cookie", "/x", "Cookie", "a=b; token={0}", 200)]
    [InlineData("header", "/x?access_token={0}", null, null, 401)]
    [InlineData("query", "/x", "Authorization", "Bearer {0}", 401)]
    [InlineData("header", "/x", "Cookie", "token={0}", 401)]
    public async Task A_token_is_looked_for_where_the_config_says_and_hidden_from_the_upstream(string place, string target, string? header, string? value, int status)
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject
        {
            ["bearer_token_param_type"] = new JsonArray(place),
            ["bearer_token_cookie_name"] = "token",
            ["upstream_access_token_header"] = "x-token",
        });
        var token = harness.Issuer.Token();

        var answer = await harness.Plane.GetAsync(target.Replace("{0}", token, StringComparison.Ordinal), header is null ? [] : [(header, value!.Replace("{0}", token, StringComparison.Ordinal))]);

        Assert.Equal(status, answer.Status);
        if (status == 200)
        {
            Assert.Equal(token, harness.Plane.Upstream.LastHeaders["x-token"]);
            Assert.DoesNotContain("Authorization", harness.Plane.Upstream.LastHeaders.Keys);
            Assert.Equal(place == "cookie" ? "a=b" : null, harness.Plane.Upstream.LastHeaders.GetValueOrDefault("Cookie"));
            Assert.DoesNotContain(token, harness.Plane.Upstream.LastTarget!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_in_a_form_is_found_and_hidden()
    {
        await using var harness = await OpenIdHarness.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("a", "b"), new("access_token", harness.Issuer.Token())]),
        };

        Assert.Equal(200, (await harness.Plane.SendAsync(request)).Status);
        Assert.Equal("3", harness.Plane.Upstream.LastHeaders["Content-Length"]);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(299, 200)]
    [InlineData(309, 200)]
    [InlineData(310, 401)]
    public async Task A_token_ends_with_its_time_and_the_leeway_also_when_it_was_seen_before(int seconds, int status)
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["leeway"] = 10 });
        var token = harness.Issuer.Token();
        Assert.Equal(200, (await harness.BearAsync(token)).Status);

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, (await harness.BearAsync(token)).Status);
    }

    [Theory]
    [InlineData(0, 401)]
    [InlineData(49, 401)]
    [InlineData(50, 200)]
    public async Task A_token_begins_with_its_time_less_the_leeway(int seconds, int status)
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["leeway"] = 10 });
        var token = harness.Issuer.Token(("nbf", harness.Plane.Time.GetUtcNow().ToUnixTimeSeconds() + 60));

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, (await harness.BearAsync(token)).Status);
    }

    [Fact]
    public async Task Preflights_pass_where_the_config_says()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["run_on_preflight"] = false });
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri("/x", UriKind.Relative));

        Assert.Equal(200, (await harness.Plane.SendAsync(preflight)).Status);
        Assert.Equal(401, (await harness.Plane.GetAsync("/x")).Status);
    }
}
