using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.RequestTermination;

public sealed class RequestTerminationTests
{
    [Theory]
    [InlineData("{}", 503, """{"message":"Service unavailable"}""", "application/json; charset=utf-8")]
    [InlineData("""{"status_code":404}""", 404, """{"message":"Not found"}""", "application/json; charset=utf-8")]
    [InlineData("""{"status_code":403,"message":"so long"}""", 403, """{"message":"so long"}""", "application/json; charset=utf-8")]
    [InlineData("""{"status_code":200,"body":"<b/>","content_type":"text/xml"}""", 200, "<b/>", "text/xml")]
    [InlineData("""{"status_code":200,"body":"[]"}""", 200, "[]", "application/json; charset=utf-8")]
    [InlineData("""{"status_code":418}""", 418, "", null)]
    public async Task It_answers_in_place_of_the_upstream(string config, int status, string body, string? type)
    {
        await using var harness = await StartAsync(config);

        var answer = await harness.GetAsync();

        Assert.Equal(status, answer.Status);
        Assert.Equal(body, answer.Body);
        Assert.Equal(type, answer.Header("Content-Type"));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Fact]
    public async Task With_a_trigger_it_answers_those_alone_that_carry_it()
    {
        await using var harness = await StartAsync("""{"status_code":403,"trigger":"stop"}""");

        Assert.Equal(200, (await harness.GetAsync()).Status);
        Assert.Equal(403, (await harness.GetAsync("/x", ("stop", "1"))).Status);
        Assert.Equal(403, (await harness.GetAsync("/x?stop")).Status);
        Assert.Equal(200, (await harness.GetAsync("/x?nonstop=1")).Status);
    }

    [Fact]
    public async Task It_shows_the_request_if_wanted()
    {
        await using var harness = await StartAsync("""{"status_code":200,"echo":true}""");
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri("/x/y?a=b", UriKind.Relative)) { Content = new StringContent("raw") };

        var answer = await harness.SendAsync(request, ("X-Test", "1"));

        var echo = JsonNode.Parse(answer.Body)!["request"]!;
        Assert.Equal("PUT", (string?)echo["method"]);
        Assert.Equal("/x/y", (string?)echo["path"]);
        Assert.Equal("raw", (string?)echo["raw_body"]);
        Assert.Equal("1", (string?)echo["headers"]!["x-test"]);
        Assert.Equal("b", (string?)echo["query"]!["a"]);
        Assert.Equal("x", (string?)JsonNode.Parse(answer.Body)!["matched_route"]!["name"]);
    }

    private static async Task<PluginHarness> StartAsync(string config)
    {
        var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("request-termination", JsonNode.Parse(config)!.AsObject());
        await harness.ApplyAsync();
        return harness;
    }
}
