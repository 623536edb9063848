using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.Plugins.Tests.BotDetection;

public sealed class BotDetectionTests
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";
    private const string Google = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    [Theory]
    [InlineData(Chrome, 200)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36", 200)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", 200)]
    [InlineData("curl/8.14.1", 200)]
    [InlineData("okhttp/5.0.0", 200)]
    [InlineData(Google, 403)]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", 403)]
    [InlineData("Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)", 403)]
    [InlineData("facebookexternalhit/1.1", 403)]
    [InlineData("Scrapy/2.13 (+https://scrapy.org)", 403)]
    [InlineData("SomeNewSpider/1.0", 403)]
    public async Task Crawlers_are_refused_and_people_are_not(string agent, int status)
    {
        await using var harness = await PluginHarness.StartAsync("bot-detection", "{}");

        var answer = await harness.GetAsync("/x", ("User-Agent", agent));

        Assert.Equal(status, answer.Status);
        if (status == 403)
        {
            Assert.Equal("Forbidden", answer.Message);
        }
    }

    [Theory]
    [InlineData("""{"allow":["Googlebot/\\d"]}""", Google, 200)]
    [InlineData("""{"deny":["^curl"]}""", "curl/8.14.1", 403)]
    [InlineData("""{"deny":["^curl"]}""", "libcurl/8", 200)]
    [InlineData("""{"allow":["curl"],"deny":["curl"]}""", "curl/8.14.1", 200)]
    public async Task What_is_allowed_is_asked_before_what_is_denied(string config, string agent, int status)
    {
        await using var harness = await PluginHarness.StartAsync("bot-detection", config);

        Assert.Equal(status, (await harness.GetAsync("/x", ("User-Agent", agent))).Status);
    }

    [Fact]
    public async Task A_pattern_that_runs_away_refuses()
    {
        await using var harness = await PluginHarness.StartAsync("bot-detection", """{"deny":["(?=((a+)+)+\\d)a"]}""");

        Assert.Equal(403, (await harness.GetAsync("/x", ("User-Agent", new string('a', 5000)))).Status);
    }

    [Fact]
    public async Task No_agent_may_come_and_two_are_malformed()
    {
        await using var harness = await PluginHarness.StartAsync("bot-detection", "{}");
        using var client = new RawClient(harness.Plane.Proxy);

        Assert.StartsWith("HTTP/1.1 200", await client.GetAsync("/x"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await client.GetAsync("/x", "User-Agent: a\r\nUser-Agent: b\r\n"), StringComparison.Ordinal);
    }
}
