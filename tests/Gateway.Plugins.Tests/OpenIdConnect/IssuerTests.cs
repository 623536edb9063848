using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>Keys that change, and issuers that do not answer.</summary>
public sealed class IssuerTests
{
    private const string Document = "/.well-known/openid-configuration";

    [Fact]
    public async Task A_new_key_is_taken_up_with_the_first_token_that_it_signed_and_tokens_of_the_old_one_end()
    {
        await using var harness = await OpenIdHarness.StartAsync();
        var old = harness.Issuer.Token();
        Assert.Equal(200, (await harness.BearAsync(old)).Status);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(31));

        harness.Issuer.Rotate();

        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        Assert.Equal(401, (await harness.BearAsync(old)).Status);
        Assert.Equal(2, harness.Issuer.Count("/jwks"));
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_a_storm_of_questions()
    {
        await using var harness = await OpenIdHarness.StartAsync();
        var good = harness.Issuer.Token();
        Assert.Equal(200, (await harness.BearAsync(good)).Status);
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(31));
        using var forger = await TestIssuerKey.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harness.BearAsync(forger.Sign(harness.Issuer.Claims()))));

        Assert.Equal(2, harness.Issuer.Count("/jwks"));
        Assert.Equal(200, (await harness.BearAsync(good)).Status);
    }

    [Fact]
    public async Task Keys_are_refreshed_ahead_of_their_end_while_requests_go_on()
    {
        await using var harness = await OpenIdHarness.StartAsync(new JsonObject { ["cache_ttl"] = 1000 });
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(749));
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        Assert.Equal(1, harness.Issuer.Count("/jwks"));

        harness.Plane.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        await Eventually.TrueAsync(() => harness.Issuer.Count("/jwks") == 2);
    }

    [Fact]
    public async Task While_the_issuer_is_away_its_keys_go_on_for_a_day_and_no_longer()
    {
        await using var harness = await OpenIdHarness.StartAsync();
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        harness.Issuer.IsAway = true;

        harness.Plane.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);

        harness.Plane.Time.Advance(TimeSpan.FromHours(2));
        var answer = await harness.BearAsync(harness.Issuer.Token());
        Assert.Equal((503, "The identity provider is not available"), (answer.Status, answer.Message));

        harness.Issuer.IsAway = false;
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
    }

    [Fact]
    public async Task An_issuer_that_is_away_at_first_is_asked_again_after_a_pause()
    {
        await using var harness = await OpenIdHarness.StartAsync(before: issuer => issuer.IsAway = true);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(503, (await harness.BearAsync(harness.Issuer.Token())).Status);
        }

        Assert.Equal(1, harness.Issuer.Count(Document));
        harness.Issuer.IsAway = false;
        harness.Plane.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
    }

    [Theory]
    [InlineData(false, 503)]
    [InlineData(true, 200)]
    public async Task A_document_that_is_another_issuer_s_is_believed_only_where_the_config_allows_it(bool isAllowed, int status)
    {
        await using var harness = await OpenIdHarness.StartAsync();
        var plane = harness.Plane;
        var config = new JsonObject { ["issuer"] = harness.Issuer.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), ["auth_methods"] = new JsonArray("bearer") };
        if (isAllowed)
        {
            config["issuers_allowed"] = new JsonArray(harness.Issuer.Url);
        }

        await using var other = await OpenIdHarness.StartAsync(config);

        Assert.Equal(status, (await other.BearAsync(harness.Issuer.Token())).Status);
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        Assert.Equal(1, plane.Upstream.Requests);
    }

    [Theory]
    [InlineData("{\"issuer\":5}")]
    [InlineData("{\"issuer\":null}")]
    [InlineData("{\"issuer\":\"\\ud800\"}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task A_document_that_is_none_is_an_issuer_that_is_away(string document)
    {
        await using var never = await OpenIdHarness.StartAsync(before: issuer => issuer.Discovery = document);
        Assert.Equal(503, (await never.BearAsync(never.Issuer.Token())).Status);

        await using var known = await OpenIdHarness.StartAsync();
        var good = known.Issuer.Token();
        Assert.Equal(200, (await known.BearAsync(good)).Status);
        known.Issuer.Discovery = document;
        known.Plane.Time.Advance(TimeSpan.FromSeconds(31));
        using var forger = await TestIssuerKey.CreateAsync();

        Assert.Equal(401, (await known.BearAsync(forger.Sign(known.Issuer.Claims()))).Status);
        Assert.Equal(200, (await known.BearAsync(good)).Status);
    }
}
