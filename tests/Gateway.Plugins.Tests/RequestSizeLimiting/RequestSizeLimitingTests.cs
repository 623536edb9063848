using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.RequestSizeLimiting;

public sealed class RequestSizeLimitingTests
{
    [Theory]
    [InlineData("""{"allowed_payload_size":10,"size_unit":"bytes"}""", 10, 200)]
    [InlineData("""{"allowed_payload_size":10,"size_unit":"bytes"}""", 11, 413)]
    [InlineData("""{"allowed_payload_size":1,"size_unit":"kilobytes"}""", 1024, 200)]
    [InlineData("""{"allowed_payload_size":1,"size_unit":"kilobytes"}""", 1025, 413)]
    [InlineData("""{"allowed_payload_size":1}""", 1048576, 200)]
    [InlineData("""{"allowed_payload_size":1}""", 1048577, 413)]
    [InlineData("{}", 200_000, 200)]
    public async Task A_body_may_be_as_long_as_allowed(string config, int length, int status)
    {
        await using var harness = await PluginHarness.StartAsync("request-size-limiting", config, CountAsync);

        var answer = await PostAsync(harness, length, chunked: false);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? length.ToString() : "Request size limit exceeded", status == 200 ? answer.Body : answer.Message);
        Assert.Equal(status == 200 ? 1 : 0, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData(10, 200)]
    [InlineData(100_000, 200)]
    [InlineData(102_401, 413)]
    [InlineData(3_000_000, 413)]
    public async Task A_body_of_unknown_length_is_cut_off_at_the_limit(int length, int status)
    {
        await using var harness = await PluginHarness.StartAsync("request-size-limiting", """{"allowed_payload_size":100,"size_unit":"kilobytes"}""", CountAsync);

        var answer = await PostAsync(harness, length, chunked: true);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? length.ToString() : "Request size limit exceeded", status == 200 ? answer.Body : answer.Message);
    }

    [Fact]
    public async Task A_plugin_that_reads_the_body_refuses_it_as_well()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("request-size-limiting", new JsonObject { ["allowed_payload_size"] = 10, ["size_unit"] = "bytes" });
        harness.Configuration.Plugin("request-termination", new JsonObject { ["echo"] = true, ["status_code"] = 200 });
        await harness.ApplyAsync();

        var answer = await PostAsync(harness, 11, chunked: true);

        Assert.Equal((413, "Request size limit exceeded"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task A_length_can_be_required()
    {
        await using var harness = await PluginHarness.StartAsync("request-size-limiting", """{"require_content_length":true}""");

        var refused = await PostAsync(harness, 5, chunked: true);

        Assert.Equal((411, "A valid Content-Length header is required"), (refused.Status, refused.Message));
        Assert.Equal(200, (await PostAsync(harness, 5, chunked: false)).Status);
    }

    [Fact]
    public async Task Who_asks_first_is_told_before_it_sends()
    {
        await using var harness = await PluginHarness.StartAsync("request-size-limiting", """{"allowed_payload_size":10,"size_unit":"bytes"}""");
        using var client = new RawClient(harness.Plane.Proxy);

        await client.SendAsync("POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 417", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static async Task CountAsync(HttpContext http)
    {
        var count = new MemoryStream();
        await http.Request.Body.CopyToAsync(count);
        await http.Response.WriteAsync(count.Length.ToString());
    }

    private static async Task<PluginHarness.Answer> PostAsync(PluginHarness harness, int length, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.TransferEncodingChunked = chunked;
        return await harness.SendAsync(request);
    }
}
