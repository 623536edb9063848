using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.Redis;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.ProxyCache;

/// <summary><c>proxy-cache-advanced</c> with a real Redis.</summary>
public sealed class SharedProxyCacheTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task What_one_data_plane_kept_another_answers_with()
    {
        var id = Guid.NewGuid();
        await using var first = await StartAsync(fixture.Server, id);
        await using var second = await StartAsync(fixture.Server, id);

        var miss = await first.GetAsync("/x", ("Accept-Language", "de"));
        var hit = await EventuallyHitAsync(second, "de");

        Assert.Equal("Miss", miss.Header("X-Cache-Status"));
        Assert.Equal((200, "de", "yes"), (hit.Status, hit.Body, hit.Header("X-Mine")));
        Assert.Equal("Miss", (await second.GetAsync("/x", ("Accept-Language", "en"))).Header("X-Cache-Status"));
        await EventuallyHitAsync(first, "en");
    }

    [Fact]
    public async Task It_expires_in_Redis_too()
    {
        var id = Guid.NewGuid();
        await using var harness = await StartAsync(fixture.Server, id, ("cache_ttl", 500));
        var key = (await harness.GetAsync("/x")).Header("X-Cache-Key");
        await EventuallyHitAsync(harness, language: null);

        Assert.InRange(int.Parse(await fixture.Server.AskAsync("--raw", "ttl", $"gateway:proxy-cache:{key}")), 400, 500);
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 500)]
    public async Task With_Redis_gone_requests_go_past_the_cache_or_are_refused_as_configured(bool bypasses, int status)
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync();
        await using var harness = await StartAsync(server, Guid.NewGuid(), ("bypass_on_err", bypasses));
        await harness.GetAsync();
        await EventuallyHitAsync(harness, language: null);

        await server.KillAsync();
        var answer = await harness.GetAsync();
        Assert.Equal((status, bypasses ? "Bypass" : null), (answer.Status, answer.Header("X-Cache-Status")));

        await server.StartAgainAsync();
        await EventuallyHitAsync(harness, language: null);
    }

    private static async Task<PluginHarness> StartAsync(RedisServer server, Guid id, params (string Name, JsonNode Value)[] more)
    {
        var harness = await PluginHarness.StartAsync(async http =>
        {
            http.Response.ContentType = "text/plain";
            http.Response.Headers.Vary = "Accept-Language";
            http.Response.Headers["X-Mine"] = "yes";
            await http.Response.WriteAsync(http.Request.Headers.AcceptLanguage.ToString());
        });
        var config = new JsonObject { ["strategy"] = "redis", ["redis"] = new JsonObject { ["host"] = server.Host, ["port"] = server.Port } };
        foreach (var (name, value) in more)
        {
            config[name] = value;
        }

        harness.Configuration.Plugin("proxy-cache-advanced", config, id: id);
        await harness.ApplyAsync();
        return harness;
    }

    // Nobody waits for what is written to Redis.
    private static Task<PluginHarness.Answer> EventuallyHitAsync(PluginHarness harness, string? language) => Eventually.NotNullAsync(async () =>
    {
        var answer = language is null ? await harness.GetAsync() : await harness.GetAsync("/x", ("Accept-Language", language));
        return answer.Header("X-Cache-Status") == "Hit" ? answer : null;
    });
}
