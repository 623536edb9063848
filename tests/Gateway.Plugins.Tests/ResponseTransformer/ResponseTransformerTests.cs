using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.ResponseTransformer;

public sealed class ResponseTransformerTests
{
    [Fact]
    public async Task Headers_are_removed_renamed_replaced_added_and_appended_in_this_order()
    {
        await using var harness = await PluginHarness.StartAsync(
            "response-transformer",
            """
            {
              "remove": {"headers": ["x-gone"]},
              "rename": {"headers": ["x-old:x-new"]},
              "replace": {"headers": ["x-there:replaced", "x-absent:no"]},
              "add": {"headers": ["x-there:no", "x-added:first", "x-gone:back"]},
              "append": {"headers": ["x-added:second"]}
            }
            """,
            static http =>
            {
                http.Response.Headers["x-gone"] = "1";
                http.Response.Headers["x-old"] = "kept";
                http.Response.Headers["x-there"] = "1";
                return http.Response.WriteAsync("hello");
            });

        var answer = await harness.GetAsync();

        Assert.Equal(("kept", null, "replaced", "back", null), (answer.Header("x-new"), answer.Header("x-old"), answer.Header("x-there"), answer.Header("x-gone"), answer.Header("x-absent")));
        Assert.Equal("first, second", answer.Header("x-added"));
        Assert.Equal("hello", answer.Body);
    }

    [Theory]
    [InlineData("""{"remove":{"json":["a"]}}""", """{"a":1,"b":2}""", """{"b":2}""")]
    [InlineData("""{"rename":{"json":["a:z"]}}""", """{"a":1,"b":2}""", """{"b":2,"z":1}""")]
    [InlineData("""{"replace":{"json":["a:9","c:9"]}}""", """{"a":1}""", """{"a":"9"}""")]
    [InlineData("""{"add":{"json":["a:1","b:-2.5","c:true","d:x","e:nan"],"json_types":["string","number","boolean","string","number"]}}""", """{"a":0}""", """{"a":0,"b":-2.5,"c":true,"d":"x"}""")]
    [InlineData("""{"append":{"json":["a:2","b:2","c:2"],"json_types":["number"]}}""", """{"a":[1],"b":"1"}""", """{"a":[1,2],"b":["1","2"],"c":["2"]}""")]
    [InlineData("""{"remove":{"json":["a"]}}""", "[1]", "[1]")]
    [InlineData("""{"remove":{"json":["a"]}}""", "{broken", "{broken")]
    public async Task A_JSON_body_is_transformed_and_its_length_is_right(string config, string body, string expected)
    {
        foreach (var chunked in new[] { false, true })
        {
            await using var harness = await PluginHarness.StartAsync("response-transformer", config, Json(body, chunked));

            var answer = await harness.GetAsync();

            Assert.Equal(expected, answer.Body);
            Assert.Equal(expected.Length.ToString(), answer.Header("Content-Length"));
        }
    }

    [Fact]
    public async Task Other_bodies_stream_untouched()
    {
        await using var harness = await PluginHarness.StartAsync("response-transformer", """{"remove":{"json":["a"]}}""", static http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync("""{"a":1}""");
        });

        Assert.Equal("""{"a":1}""", (await harness.GetAsync()).Body);
    }

    [Fact]
    public async Task A_head_has_no_body_and_keeps_its_length()
    {
        await using var harness = await PluginHarness.StartAsync("response-transformer", """{"remove":{"json":["a"]}}""", Json("""{"a":1}""", chunked: false));
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/x", UriKind.Relative));

        var answer = await harness.SendAsync(request);

        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task The_gateway_s_own_answers_are_transformed_as_well()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("request-termination", new JsonObject { ["status_code"] = 403, ["message"] = "no" });
        harness.Configuration.Plugin("response-transformer", JsonNode.Parse("""{"add":{"json":["more:yes"],"headers":["x-more:yes"]}}""")!.AsObject());
        await harness.ApplyAsync();

        var answer = await harness.GetAsync();

        Assert.Equal("""{"message":"no","more":"yes"}""", answer.Body);
        Assert.Equal("yes", answer.Header("x-more"));
    }

    [Fact]
    public async Task A_body_too_long_to_be_transformed_is_refused_rather_than_shown()
    {
        await using var harness = await PluginHarness.StartAsync(
            "response-transformer", """{"remove":{"json":["secret"]}}""", Json($$"""{"secret":"{{new string('s', 9 * 1024 * 1024)}}"}""", chunked: true));

        var answer = await harness.GetAsync();

        Assert.Equal(502, answer.Status);
        Assert.Equal("The response body is too large to be transformed", answer.Message);
    }

    [Fact]
    public async Task An_upstream_that_breaks_off_is_no_short_answer()
    {
        await using var harness = await PluginHarness.StartAsync("response-transformer", """{"add":{"json":["a:1"]}}""", static async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("""{"b":1}""");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });

        Assert.Equal(502, (await harness.GetAsync()).Status);
    }

    private static RequestDelegate Json(string body, bool chunked) => async http =>
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = chunked ? null : body.Length;
        await http.Response.WriteAsync(body);
    };
}
