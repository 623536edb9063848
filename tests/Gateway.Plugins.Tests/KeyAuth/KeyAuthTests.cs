using System.Text;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.Plugins.Tests.KeyAuth;

public sealed class KeyAuthTests
{
    [Theory]
    [InlineData("/x", "apikey", "k1")]
    [InlineData("/x", "APIKEY", "k1")]
    [InlineData("/x?a=b&apikey=k1", null, null)]
    [InlineData("/x?api%6bey=%6b1", null, null)]
    public async Task Who_presents_a_known_key_is_its_consumer(string target, string? header, string? value)
    {
        await using var harness = await StartAsync([]);

        var answer = header is null ? await harness.GetAsync(target) : await harness.GetAsync(target, (header, value!));

        Assert.Equal(200, answer.Status);
        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal("custom-ann", harness.Upstream.LastHeaders["X-Consumer-Custom-ID"]);
        Assert.True(Guid.TryParse(harness.Upstream.LastHeaders["X-Consumer-ID"], out _));
        Assert.True(Guid.TryParse(harness.Upstream.LastHeaders["X-Credential-Identifier"], out _));
        Assert.DoesNotContain("X-Anonymous-Consumer", harness.Upstream.LastHeaders.Keys);
    }

    [Theory]
    [InlineData("/x", null, "No API key found in request")]
    [InlineData("/x?apikey=", null, "No API key found in request")]
    [InlineData("/x", "wrong", "Unauthorized")]
    [InlineData("/x?apikey=k1&apikey=k2", null, "Duplicate API key found")]
    public async Task Who_does_not_is_refused(string target, string? key, string message)
    {
        await using var harness = await StartAsync([]);

        var answer = key is null ? await harness.GetAsync(target) : await harness.GetAsync(target, ("apikey", key));

        Assert.Equal(401, answer.Status);
        Assert.Equal(message, answer.Message);
        Assert.Equal("Key", answer.Header("WWW-Authenticate"));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Fact]
    public async Task The_realm_is_named()
    {
        await using var harness = await StartAsync(new JsonObject { ["realm"] = "pets" });

        Assert.Equal("Key realm=\"pets\"", (await harness.GetAsync()).Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_key_twice_in_the_headers_is_refused()
    {
        await using var harness = await StartAsync([]);

        using var raw = new RawClient(harness.Plane.Proxy);
        await raw.SendAsync("GET /x HTTP/1.1\r\nHost: a\r\napikey: k1\r\napikey: k1\r\nConnection: close\r\n\r\n");

        Assert.Contains("Duplicate API key found", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key_in_header", "/x", "k1")]
    [InlineData("key_in_query", "/x?apikey=k1", null)]
    public async Task A_place_that_is_switched_off_is_not_looked_at(string place, string target, string? header)
    {
        await using var harness = await StartAsync(new JsonObject { [place] = false });

        Assert.Equal(401, (header is null ? await harness.GetAsync(target) : await harness.GetAsync(target, ("apikey", header))).Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a=b&apikey=k1", "a=b")]
    [InlineData("application/json", """{"a":"b","apikey":"k1"}""", """{"a":"b"}""")]
    public async Task A_key_in_the_body_is_found_and_hidden(string type, string body, string forwarded)
    {
        var seen = "";
        await using var harness = await StartAsync(
            new JsonObject { ["key_in_body"] = true, ["hide_credentials"] = true },
            async http => seen = await new StreamReader(http.Request.Body).ReadToEndAsync());

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) };
        var answer = await harness.SendAsync(request);

        Assert.Equal(200, answer.Status);
        Assert.Equal(forwarded, seen);
    }

    [Theory]
    [InlineData("application/json", "not json")]
    [InlineData("application/json", """{"apikey":1}""")]
    [InlineData("application/json", """{"apikey":"k1","apikey":"k1"}""")]
    [InlineData("text/plain", "apikey=k1")]
    public async Task A_body_that_holds_no_key_still_reaches_who_may_pass(string type, string body)
    {
        var seen = "";
        await using var harness = await StartAsync(
            new JsonObject { ["key_in_body"] = true }, async http => seen = await new StreamReader(http.Request.Body).ReadToEndAsync());
        using var without = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var with = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) };

        Assert.Equal(401, (await harness.SendAsync(without)).Status);
        Assert.Equal(200, (await harness.SendAsync(with, ("apikey", "k1"))).Status);
        Assert.Equal(body, seen);
    }

    [Fact]
    public async Task A_body_too_long_to_look_into_reaches_the_upstream_whole()
    {
        var length = 0L;
        await using var harness = await StartAsync(
            new JsonObject { ["key_in_body"] = true },
            async http =>
            {
                using var copy = new MemoryStream();
                await http.Request.Body.CopyToAsync(copy);
                length = copy.Length;
            });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x?apikey=k1", UriKind.Relative))
        {
            Content = new StringContent("a=" + new string('x', 3_000_000), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal(200, (await harness.SendAsync(request)).Status);
        Assert.Equal(3_000_002, length);
    }

    [Fact]
    public async Task A_hidden_key_goes_no_further()
    {
        await using var harness = await StartAsync(new JsonObject { ["hide_credentials"] = true });

        await harness.GetAsync("/x?a=%20&apikey=k1&b", ("apikey", "k1"));

        Assert.DoesNotContain("apikey", harness.Upstream.LastHeaders.Keys);
        Assert.Equal("/?a=%20&b", harness.Upstream.LastTarget);
    }

    [Fact]
    public async Task Otherwise_it_does()
    {
        await using var harness = await StartAsync([]);

        await harness.GetAsync("/x?apikey=k1");

        Assert.Equal("/?apikey=k1", harness.Upstream.LastTarget);
    }

    [Theory]
    [InlineData("guest")]
    [InlineData("00000000-0000-4000-8000-000000000001")]
    public async Task Who_is_not_known_may_be_a_consumer_of_its_own(string anonymous)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Consumer("guest", consumer => consumer with { Id = Guid.Parse("00000000-0000-4000-8000-000000000001") });
        harness.Configuration.Plugin("key-auth", new JsonObject { ["anonymous"] = anonymous });
        await harness.ApplyAsync();

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "wrong"))).Status);
        Assert.Equal("guest", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal("true", harness.Upstream.LastHeaders["X-Anonymous-Consumer"]);
        Assert.DoesNotContain("X-Credential-Identifier", harness.Upstream.LastHeaders.Keys);
    }

    [Fact]
    public async Task An_anonymous_consumer_that_does_not_exist_is_500()
    {
        await using var harness = await StartAsync(new JsonObject { ["anonymous"] = "nobody" });

        Assert.Equal(500, (await harness.GetAsync()).Status);
    }

    [Theory]
    [InlineData(true, 401)]
    [InlineData(false, 200)]
    public async Task A_preflight_needs_a_key_unless_it_does_not(bool onPreflight, int status)
    {
        await using var harness = await StartAsync(new JsonObject { ["run_on_preflight"] = onPreflight });
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/x", UriKind.Relative));

        Assert.Equal(status, (await harness.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_key_ends_with_its_time_to_live()
    {
        await using var harness = await PluginHarness.StartAsync();
        var consumer = harness.Configuration.Consumer("ann");
        harness.Key(consumer, "short", ttl: 60, createdAt: harness.Time.GetUtcNow().ToUnixTimeSeconds());
        harness.Configuration.Plugin("key-auth");
        await harness.ApplyAsync();

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "short"))).Status);
        harness.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(401, (await harness.GetAsync("/x", ("apikey", "short"))).Status);
    }

    [Fact]
    public async Task The_first_of_several_names_counts()
    {
        await using var harness = await StartAsync(new JsonObject { ["key_names"] = new JsonArray("x-key", "apikey") });

        Assert.Equal(200, (await harness.GetAsync("/x", ("apikey", "k1"))).Status);
        Assert.Equal(401, (await harness.GetAsync("/x", ("x-key", "wrong"), ("apikey", "k1"))).Status);
    }

    [Fact]
    public async Task A_consumer_s_own_plugin_takes_over_once_the_consumer_is_known()
    {
        await using var harness = await PluginHarness.StartAsync();
        var ann = harness.Configuration.Consumer("ann");
        var bob = harness.Configuration.Consumer("bob");
        harness.Key(ann, "k-ann");
        harness.Key(bob, "k-bob");
        harness.Configuration.Plugin("key-auth");
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 5 });
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 100 }, consumer: bob);
        harness.Configuration.Plugin("request-termination", new JsonObject { ["status_code"] = 403 }, route: harness.Route, consumer: bob);
        await harness.ApplyAsync();

        var first = await harness.GetAsync("/x", ("apikey", "k-ann"));
        var second = await harness.GetAsync("/x", ("apikey", "k-bob"));

        Assert.Equal((200, "5"), (first.Status, first.Header("X-RateLimit-Limit-Minute")));
        Assert.Equal((403, "100"), (second.Status, second.Header("X-RateLimit-Limit-Minute")));
    }

    private static async Task<PluginHarness> StartAsync(JsonObject config, Microsoft.AspNetCore.Http.RequestDelegate? answer = null)
    {
        var harness = await PluginHarness.StartAsync(answer);
        var consumer = harness.Configuration.Consumer("ann", entity => entity with { CustomId = "custom-ann" });
        harness.Key(consumer, "k1");
        harness.Configuration.Plugin("key-auth", config);
        await harness.ApplyAsync();
        return harness;
    }
}
