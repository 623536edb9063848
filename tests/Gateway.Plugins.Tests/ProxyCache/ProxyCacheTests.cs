using System.Text.Json.Nodes;
using Gateway.Plugins.ProxyCache;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Tests.ProxyCache;

public sealed class ProxyCacheTests
{
    private const string Memory = """{"strategy":"memory"}""";
    private const string Rfc = """{"strategy":"memory","cache_control":true,"storage_ttl":1000}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_upstream_said_is_said_again_until_it_is_too_old(bool direct)
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one", ("X-Mine", "yes")), direct);

        var miss = await harness.GetAsync("/x?a=1");
        harness.Time.Advance(TimeSpan.FromSeconds(299));
        var hit = await harness.GetAsync("/x?a=1");
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        var refresh = await harness.GetAsync("/x?a=1");

        Assert.Equal(["Miss", "Hit", "Miss"], new[] { miss, hit, refresh }.Select(Status));
        Assert.Equal((200, "one", "yes", "299", "3"), (hit.Status, hit.Body, hit.Header("X-Mine"), hit.Header("Age"), hit.Header("Content-Length")));
        Assert.Equal("text/plain", hit.Header("Content-Type"));
        Assert.Equal(miss.Header("X-Cache-Key"), hit.Header("X-Cache-Key"));
        Assert.NotEqual(miss.Header("X-Kong-Request-Id"), hit.Header("X-Kong-Request-Id"));
        Assert.Null(hit.Header("X-Kong-Upstream-Latency"));
        Assert.Null(miss.Header("Age"));
        Assert.Equal(2, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData("/x?a=1&b=2", "/x?b=2&a=1", true)]
    [InlineData("/x?a=1&a=2", "/x?a=2&a=1", false)]
    [InlineData("/x?a=1", "/x?a=2", false)]
    [InlineData("/x/y", "/x/Y", false)]
    public async Task Requests_are_the_same_by_path_and_query(string first, string second, bool isSame)
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one"));
        await harness.GetAsync(first);

        Assert.Equal(isSame ? "Hit" : "Miss", Status(await harness.GetAsync(second)));
    }

    [Fact]
    public async Task Which_parameters_and_headers_make_a_difference_can_be_configured()
    {
        await using var harness = await StartAsync(
            """{"strategy":"memory","ignore_uri_case":true,"vary_query_params":["a"],"vary_headers":["tenant"]}""", http => Text(http, "one"));
        await harness.GetAsync("/x/y?a=1&b=1", ("tenant", "t"));

        Assert.Equal("Hit", Status(await harness.GetAsync("/x/Y?a=1&b=2", ("tenant", "t"))));
        Assert.Equal("Miss", Status(await harness.GetAsync("/x/y?a=2&b=1", ("tenant", "t"))));
        Assert.Equal("Miss", Status(await harness.GetAsync("/x/y?a=1&b=1", ("tenant", "u"))));
    }

    [Fact]
    public async Task Nobody_is_given_what_was_made_for_somebody_else()
    {
        await using var harness = await PluginHarness.StartAsync(http => Text(http, "one"));
        harness.Key(harness.Configuration.Consumer("ann"), "a");
        harness.Key(harness.Configuration.Consumer("bob"), "b");
        harness.Configuration.Plugin("key-auth");
        harness.Configuration.Plugin("proxy-cache", Config(Memory));
        await harness.ApplyAsync();
        await harness.GetAsync("/x", ("apikey", "a"));

        Assert.Equal("Hit", Status(await harness.GetAsync("/x", ("apikey", "a"))));
        Assert.Equal("Miss", Status(await harness.GetAsync("/x", ("apikey", "b"))));
        Assert.Equal(401, (await harness.GetAsync("/x")).Status);
    }

    [Fact]
    public async Task Unknown_callers_are_told_apart_by_what_they_authorise_with_and_hosts_by_name()
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one"));
        await harness.GetAsync("/x", ("Authorization", "Bearer a"));

        Assert.Equal("Hit", Status(await harness.GetAsync("/x", ("Authorization", "Bearer a"))));
        Assert.Equal("Miss", Status(await harness.GetAsync("/x", ("Authorization", "Bearer b"))));
        Assert.Equal("Miss", Status(await harness.GetAsync("/x")));
        Assert.Equal("Miss", Status(await harness.GetAsync("/x", ("Host", "other.example"))));
    }

    [Theory]
    [InlineData("status", 500)]
    [InlineData("type", 200)]
    [InlineData("cookie", 200)]
    [InlineData("vary", 200)]
    public async Task What_may_not_be_kept_passes(string what, int status)
    {
        await using var harness = await StartAsync(Memory, http =>
        {
            http.Response.StatusCode = status;
            if (what == "cookie")
            {
                http.Response.Headers.SetCookie = "a=b";
            }
            else if (what == "vary")
            {
                http.Response.Headers.Vary = "Accept, *";
            }

            http.Response.ContentType = what == "type" ? "text/html" : "text/plain";
            return http.Response.WriteAsync("one");
        });

        var first = await harness.GetAsync();
        var second = await harness.GetAsync();

        Assert.Equal(["Bypass", "Bypass"], new[] { first, second }.Select(Status));
        Assert.Equal((status, "one"), (second.Status, second.Body));
        Assert.Equal(2, harness.Upstream.Requests);
    }

    [Fact]
    public async Task A_request_that_may_not_be_answered_passes()
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one"));
        await harness.GetAsync();

        Assert.Equal("Bypass", Status(await harness.GetAsync("/x", ("Range", "bytes=0-1"))));
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new StringContent("a") };
        Assert.Equal("Bypass", Status(await harness.SendAsync(post)));
    }

    [Fact]
    public async Task Where_posts_are_kept_their_bodies_make_a_difference()
    {
        await using var harness = await StartAsync("""{"strategy":"memory","request_method":["POST"]}""", async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            await Text(http, await reader.ReadToEndAsync());
        });

        Assert.Equal(("Miss", "a"), await PostAsync("a"));
        Assert.Equal(("Miss", "b"), await PostAsync("b"));
        Assert.Equal(("Hit", "a"), await PostAsync("a"));

        async Task<(string?, string)> PostAsync(string body)
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new StringContent(body) };
            var answer = await harness.SendAsync(post);
            return (Status(answer), answer.Body);
        }
    }

    [Fact]
    public async Task A_response_is_kept_for_the_values_of_the_headers_that_its_Vary_names()
    {
        await using var harness = await StartAsync(Memory, http => Text(http, http.Request.Headers.AcceptLanguage.ToString(), ("Vary", "Accept-Language")));
        await harness.GetAsync("/x", ("Accept-Language", "de"));
        await harness.GetAsync("/x", ("Accept-Language", "en"));

        var german = await harness.GetAsync("/x", ("Accept-Language", "de"));
        var english = await harness.GetAsync("/x", ("Accept-Language", "en"));

        Assert.Equal(("Hit", "de"), (Status(german), german.Body));
        Assert.Equal(("Hit", "en"), (Status(english), english.Body));
    }

    [Fact]
    public async Task A_head_is_answered_with_the_length_that_its_upstream_told()
    {
        await using var harness = await StartAsync(Memory, http =>
        {
            http.Response.ContentLength = 77;
            http.Response.ContentType = "text/plain";
            return Task.CompletedTask;
        });
        using var first = new HttpRequestMessage(HttpMethod.Head, new Uri("/x", UriKind.Relative));
        using var second = new HttpRequestMessage(HttpMethod.Head, new Uri("/x", UriKind.Relative));
        await harness.SendAsync(first);

        var hit = await harness.SendAsync(second);

        Assert.Equal(("Hit", "77", ""), (Status(hit), hit.Header("Content-Length"), hit.Body));
    }

    [Fact]
    public async Task A_client_that_has_it_already_is_told_so_from_the_cache()
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one", ("ETag", "\"v1\""), ("Last-Modified", "Sun, 17 May 2026 08:00:00 GMT"), ("X-Mine", "yes")));
        await harness.GetAsync();

        var same = await harness.GetAsync("/x", ("If-None-Match", "\"v0\", W/\"v1\""));
        var unmodified = await harness.GetAsync("/x", ("If-Modified-Since", "Sun, 17 May 2026 08:00:00 GMT"));
        var other = await harness.GetAsync("/x", ("If-None-Match", "\"v0\""), ("If-Modified-Since", "Sun, 17 May 2026 08:00:00 GMT"));

        Assert.Equal((304, "\"v1\"", "", "Hit"), (same.Status, same.Header("ETag"), same.Body, Status(same)));
        Assert.Equal(304, unmodified.Status);
        Assert.Equal((200, "one"), (other.Status, other.Body));
        Assert.Equal(1, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData("max-age=60", 59, "Hit")]
    [InlineData("max-age=60", 60, "Refresh")]
    [InlineData("max-age=60, s-maxage=10", 11, "Refresh")]
    [InlineData("max-age=60, private", 1, "Bypass")]
    [InlineData("no-store", 1, "Bypass")]
    [InlineData("", 1, "Bypass")]
    public async Task With_cache_control_a_response_says_for_how_long_it_is_good(string control, int seconds, string status)
    {
        await using var harness = await StartAsync(Rfc, http => Text(http, "one", ("Cache-Control", control)));
        await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, Status(await harness.GetAsync()));
    }

    [Fact]
    public async Task An_expiry_date_counts_from_the_responses_own_date_and_its_age_from_where_it_was_made()
    {
        await using var harness = await StartAsync(Rfc, http =>
            Text(http, "one", ("Date", "Sun, 17 May 2026 10:00:00 GMT"), ("Expires", "Sun, 17 May 2026 10:01:00 GMT"), ("Age", "50")));
        await harness.GetAsync();

        harness.Time.Advance(TimeSpan.FromSeconds(9));
        var hit = await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Hit", "59"), (Status(hit), hit.Header("Age")));
        Assert.Equal("Refresh", Status(await harness.GetAsync()));
    }

    [Theory]
    [InlineData("no-cache", "Bypass", 200)]
    [InlineData("no-store", "Bypass", 200)]
    [InlineData("max-age=5", "Refresh", 200)]
    [InlineData("max-age=15", "Hit", 200)]
    [InlineData("min-fresh=55", "Refresh", 200)]
    [InlineData("only-if-cached", "Hit", 200)]
    [InlineData("only-if-cached, max-age=5", null, 504)]
    public async Task With_cache_control_a_request_says_what_it_takes(string control, string? status, int code)
    {
        await using var harness = await StartAsync(Rfc, http => Text(http, "one", ("Cache-Control", "max-age=60")));
        await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(10));

        var answer = await harness.GetAsync("/x", ("Cache-Control", control));

        Assert.Equal((status, code), (Status(answer), answer.Status));
    }

    [Theory]
    [InlineData("max-age=60", "Hit")]
    [InlineData("max-age=60, must-revalidate", "Refresh")]
    public async Task Something_too_old_is_for_those_who_ask_for_it_unless_it_must_be_revalidated(string control, string status)
    {
        await using var harness = await StartAsync(Rfc, http => Text(http, "one", ("Cache-Control", control)));
        await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(70));

        Assert.Equal(status, Status(await harness.GetAsync("/x", ("Cache-Control", "max-stale=20"))));
    }

    [Theory]
    [InlineData("max-age=60", "Bypass")]
    [InlineData("max-age=60, public", "Hit")]
    public async Task With_cache_control_an_authorised_response_is_kept_only_where_it_says_so(string control, string status)
    {
        await using var harness = await StartAsync(Rfc, http => Text(http, "one", ("Cache-Control", control)));
        await harness.GetAsync("/x", ("Authorization", "Bearer a"));

        Assert.Equal(status, Status(await harness.GetAsync("/x", ("Authorization", "Bearer a"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_old_is_confirmed_by_its_upstream_without_its_body(bool direct)
    {
        var bodies = 0;
        await using var harness = await StartAsync(Rfc, Answer, direct);

        Task Answer(HttpContext http)
        {
            http.Response.Headers.ETag = "\"v1\"";
            http.Response.Headers.CacheControl = "max-age=60";
            if (http.Request.Headers.IfNoneMatch == "\"v1\"")
            {
                http.Response.Headers["X-Confirmed"] = "yes";
                http.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            bodies++;
            return Text(http, "one");
        }

        await harness.GetAsync();

        harness.Time.Advance(TimeSpan.FromSeconds(61));
        var confirmed = await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(59));
        var hit = await harness.GetAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(2));
        var unchanged = await harness.GetAsync("/x", ("If-None-Match", "\"v1\""));

        Assert.Equal((200, "one", "Refresh", "yes", "text/plain"), (confirmed.Status, confirmed.Body, Status(confirmed), confirmed.Header("X-Confirmed"), confirmed.Header("Content-Type")));
        Assert.Equal(("Hit", "one", "59"), (Status(hit), hit.Body, hit.Header("Age")));
        Assert.Equal((304, "", "Refresh"), (unchanged.Status, unchanged.Body, Status(unchanged)));
        Assert.Equal(("Hit", "one"), (Status(await harness.GetAsync()), (await harness.GetAsync()).Body));
        Assert.Equal((3, 1), (harness.Upstream.Requests, bodies));
    }

    [Fact]
    public async Task What_has_changed_replaces_what_was_kept()
    {
        var version = 1;
        await using var harness = await StartAsync(Rfc, http => Text(http, $"v{version}", ("ETag", $"\"v{version}\""), ("Cache-Control", "max-age=60")));
        await harness.GetAsync();
        version = 2;
        harness.Time.Advance(TimeSpan.FromSeconds(61));

        var changed = await harness.GetAsync();

        Assert.Equal(("v2", "Refresh"), (changed.Body, Status(changed)));
        Assert.Equal(("v2", "Hit"), ((await harness.GetAsync()).Body, Status(await harness.GetAsync())));
    }

    [Fact]
    public async Task Of_many_requests_for_the_same_one_goes_upstream()
    {
        var began = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var harness = await StartAsync(Memory, async http =>
        {
            began.TrySetResult();
            await go.Task;
            await Text(http, "one");
        });

        var first = harness.GetAsync();
        await began.Task;
        var others = Enumerable.Range(0, 20).Select(_ => harness.GetAsync()).ToList();
        go.SetResult();
        var answers = await Task.WhenAll([first, .. others]);

        Assert.Equal(1, harness.Upstream.Requests);
        Assert.All(answers, answer => Assert.Equal((200, "one"), (answer.Status, answer.Body)));
        Assert.Single(answers, answer => Status(answer) == "Miss");
    }

    [Fact]
    public async Task Requests_for_what_is_never_kept_do_not_wait_for_each_other()
    {
        var waiting = 0;
        var all = new TaskCompletionSource();
        var isFirst = true;
        await using var harness = await StartAsync(Memory, async http =>
        {
            if (isFirst)
            {
                isFirst = false;
            }
            else
            {
                if (Interlocked.Increment(ref waiting) == 5)
                {
                    all.SetResult();
                }

                await all.Task;
            }

            http.Response.StatusCode = 500;
            await Text(http, "never");
        });
        await harness.GetAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => harness.GetAsync())).WaitAsync(TimeSpan.FromSeconds(4));

        Assert.All(answers, answer => Assert.Equal("Bypass", Status(answer)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_streams_through_and_is_not_kept(bool direct)
    {
        var chunk = new byte[1024 * 1024];
        await using var harness = await StartAsync(Memory, async http =>
        {
            http.Response.ContentType = "text/plain";
            for (var i = 0; i < 9; i++)
            {
                await http.Response.Body.WriteAsync(chunk);
            }
        }, direct);

        var first = await harness.GetAsync();
        var second = await harness.GetAsync();

        Assert.Equal((9 * chunk.Length, 9 * chunk.Length), (first.Body.Length, second.Body.Length));
        Assert.NotEqual("Hit", Status(second));
        Assert.Equal(0, harness.Plane.Services.GetRequiredService<ResponseMemory>().Count);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_not_kept()
    {
        var isFirst = true;
        var arrived = new TaskCompletionSource();
        await using var harness = await StartAsync(Memory, async http =>
        {
            await Text(http, "half");
            await http.Response.Body.FlushAsync();
            if (isFirst)
            {
                isFirst = false;
                await arrived.Task;
                http.Abort();
            }
        });
        using (var broken = await harness.Plane.Client.GetAsync(new Uri("/x", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            arrived.SetResult();
            await Assert.ThrowsAnyAsync<Exception>(() => broken.Content.ReadAsStringAsync());
        }

        var second = await harness.GetAsync();

        Assert.Equal(("Miss", "half"), (Status(second), second.Body));
    }

    [Fact]
    public async Task Responses_survive_a_republication_and_another_generation_leaves_them_behind()
    {
        var id = Guid.NewGuid();
        await using var harness = await PluginHarness.StartAsync(http => Text(http, "one"));
        harness.Configuration.Plugin("proxy-cache", Config(Memory), id: id);
        await harness.ApplyAsync(1);
        await harness.GetAsync();
        await harness.ApplyAsync(2);
        Assert.Equal("Hit", Status(await harness.GetAsync()));

        var purge = new DataPlane.Tests.Hosting.Support.ConfigurationBuilder();
        purge.Plugin("proxy-cache", Config("""{"strategy":"memory","generation":1}"""), id: id);
        await harness.Plane.ApplyAsync(purge.Delta(3));

        Assert.Equal("Miss", Status(await harness.GetAsync()));
    }

    [Fact]
    public async Task What_the_gateway_answers_itself_is_neither_kept_nor_told_to_those_who_wait()
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one"));
        harness.Configuration.Plugin("request-termination", new JsonObject { ["status_code"] = 200, ["message"] = "closed" });
        await harness.ApplyAsync(2);

        Assert.Equal(["closed", "closed"], [(await harness.GetAsync()).Message!, (await harness.GetAsync()).Message!]);
        Assert.Equal(0, harness.Plane.Services.GetRequiredService<ResponseMemory>().Count);
    }

    [Fact]
    public async Task What_other_plugins_tell_each_client_is_not_kept()
    {
        await using var harness = await StartAsync(Memory, http => Text(http, "one"));
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["hour"] = 10 });
        await harness.ApplyAsync(2);
        await harness.GetAsync();

        var hit = await harness.GetAsync();

        Assert.Equal(("Hit", "8"), (Status(hit), hit.Header("RateLimit-Remaining")));
    }

    [Fact]
    public async Task Headers_about_the_cache_can_be_kept_back()
    {
        await using var harness = await StartAsync(
            """{"strategy":"memory","response_headers":{"age":false,"X-Cache-Status":false,"X-Cache-Key":false}}""", http => Text(http, "one"));
        await harness.GetAsync();

        var hit = await harness.GetAsync();

        Assert.Equal((null, null, null), (hit.Header("Age"), Status(hit), hit.Header("X-Cache-Key")));
        Assert.Equal(1, harness.Upstream.Requests);
    }

    private static JsonObject Config(string config) => JsonNode.Parse(config)!.AsObject();

    private static string? Status(PluginHarness.Answer answer) => answer.Header("X-Cache-Status");

    private static Task Text(HttpContext http, string body, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(body);
    }

    private static Task<PluginHarness> StartAsync(string config, RequestDelegate answer, bool direct = true) => PluginHarness.StartAsync("proxy-cache", config, answer, direct);
}
