using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Gateway.Plugins.Tests.RequestTransformer;

public sealed class RequestTransformerTests
{
    [Fact]
    public async Task Headers_are_removed_renamed_replaced_added_and_appended_in_this_order()
    {
        await using var harness = await StartAsync(
            """
            {
              "remove": {"headers": ["x-gone", "x-absent"]},
              "rename": {"headers": ["x-old:x-new"]},
              "replace": {"headers": ["x-there:replaced", "x-absent:no", "x-gone:no"]},
              "add": {"headers": ["x-there:no", "x-added:first", "x-gone:back"]},
              "append": {"headers": ["x-added:second", "x-list:c:d"]}
            }
            """);

        await harness.GetAsync("/x", ("x-gone", "1"), ("x-old", "kept"), ("x-there", "1"), ("x-list", "a"));

        var headers = harness.Upstream.LastHeaders;
        Assert.Equal("kept", headers["x-new"]);
        Assert.DoesNotContain("x-old", headers.Keys);
        Assert.DoesNotContain("x-absent", headers.Keys);
        Assert.Equal(("replaced", "back"), (headers["x-there"], headers["x-gone"]));
        Assert.Equal(["first", "second"], headers["x-added"].Split(',', StringSplitOptions.TrimEntries));
        Assert.Equal(["a", "c:d"], headers["x-list"].Split(',', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task The_host_can_be_replaced_and_not_be_removed()
    {
        await using var harness = await StartAsync("""{"remove":{"headers":["host"]},"add":{"headers":["host:added.example"]},"replace":{"headers":["host:other.example"]}}""");

        await harness.GetAsync();

        Assert.Equal("other.example", harness.Upstream.LastHeaders["Host"]);
    }

    [Theory]
    [InlineData("""{"remove":{"querystring":["a"]}}""", "?a=1&b=2&a=3", "?b=2")]
    [InlineData("""{"rename":{"querystring":["a:z"]}}""", "?a=1&b=2", "?z=1&b=2")]
    [InlineData("""{"replace":{"querystring":["a:9","c:9"]}}""", "?a=1&b=2&a=3", "?a=9&b=2")]
    [InlineData("""{"add":{"querystring":["a:9","c:x y"]}}""", "?a=1", "?a=1&c=x%20y")]
    [InlineData("""{"append":{"querystring":["a:9"]}}""", "?a=1", "?a=1&a=9")]
    [InlineData("""{"remove":{"querystring":["a"]}}""", "?a=1", "")]
    [InlineData("""{"add":{"querystring":["c:$(query_params.a)-$(headers.x_tenant)"]}}""", "?a=%26", "?a=%26&c=%26-blue")]
    [InlineData("""{"add":{"headers":["x:1"]}}""", "?as=it+is&flag", "?as=it+is&flag")]
    public async Task The_query_is_transformed(string config, string query, string expected)
    {
        await using var harness = await StartAsync(config);

        await harness.GetAsync("/x" + query, ("x-tenant", "blue"));

        Assert.Equal("/" + expected, harness.Upstream.LastTarget);
    }

    [Theory]
    [InlineData("""{"remove":{"body":["a"]}}""", """{"a":1,"b":2}""", """{"b":2}""")]
    [InlineData("""{"rename":{"body":["a:z"]}}""", """{"a":{"deep":1},"b":2}""", """{"b":2,"z":{"deep":1}}""")]
    [InlineData("""{"replace":{"body":["a:9","c:9"]}}""", """{"a":1}""", """{"a":"9"}""")]
    [InlineData("""{"add":{"body":["a:9","c:9","f:9"]}}""", """{"a":null,"f":false}""", """{"a":null,"f":"9","c":"9"}""")]
    [InlineData("""{"append":{"body":["a:9","b:9","c:9"]}}""", """{"a":"1","b":[1]}""", """{"b":[1,"9"],"a":["1","9"],"c":["9"]}""")]
    [InlineData("""{"add":{"body":["c:$(headers.x_tenant)"]}}""", "", """{"c":"blue"}""")]
    [InlineData("""{"remove":{"body":["a"]}}""", """{"a":1,"b":2,"a":3}""", """{"b":2}""")]
    [InlineData("""{"remove":{"body":["a"]}}""", "[1,2]", "[1,2]")]
    [InlineData("""{"remove":{"body":["a"]}}""", "{no json", "{no json")]
    public async Task A_JSON_body_is_transformed(string config, string body, string expected)
    {
        await using var harness = await StartAsync(config);

        var echoed = await PostAsync(harness, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(expected, (string?)echoed["body"]);
    }

    [Fact]
    public async Task A_form_is_transformed()
    {
        await using var harness = await StartAsync(
            """{"remove":{"body":["a"]},"rename":{"body":["b:z"]},"replace":{"body":["c:9"]},"add":{"body":["d:x y"]},"append":{"body":["c:10"]}}""");

        var echoed = await PostAsync(harness, new StringContent("a=1&b=2&c=3", Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Equal("z=2&c=9&d=x%20y&c=10", (string?)echoed["body"]);
    }

    [Fact]
    public async Task A_multipart_form_is_transformed_and_its_files_stay()
    {
        await using var harness = await PluginHarness.StartAsync(
            "request-transformer",
            """{"remove":{"body":["a"]},"rename":{"body":["b:z"]},"replace":{"body":["c:9"]},"add":{"body":["d:new","c:no"]}}""",
            static async http =>
            {
                var form = await http.Request.ReadFormAsync();
                var file = form.Files.Single();
                using var reader = new StreamReader(file.OpenReadStream());
                var fields = string.Join('&', form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
                await http.Response.WriteAsync($"{fields} {file.Name} {file.FileName} {file.ContentType} {await reader.ReadToEndAsync()}");
            });
        using var content = new MultipartFormDataContent
        {
            { new StringContent("1"), "a" },
            { new StringContent("2"), "b" },
            { new StringContent("3"), "c" },
            { new StringContent("<svg/>", Encoding.UTF8, "image/svg+xml"), "picture", "p.svg" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = content };

        Assert.Equal("c=9&d=new&z=2 picture p.svg image/svg+xml; charset=utf-8 <svg/>", (await harness.SendAsync(request)).Body);
    }

    [Fact]
    public async Task A_body_too_long_to_be_transformed_is_refused_and_another_type_passes()
    {
        await using var harness = await StartAsync("""{"remove":{"body":["secret"]}}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative))
        {
            Content = new StringContent($$"""{"secret":"{{new string('a', 2_000_000)}}"}""", Encoding.UTF8, "application/json"),
        };

        Assert.Equal(413, (await harness.SendAsync(request)).Status);
        Assert.Equal("secret=1", (string?)(await PostAsync(harness, new StringContent("secret=1", Encoding.UTF8, "text/plain")))["body"]);
    }

    [Fact]
    public async Task The_path_and_the_method_are_replaced()
    {
        await using var harness = await PluginHarness.StartAsync(EchoAsync);
        harness.Configuration.Route("y", harness.Service, route => route with { Paths = ["~/y/(?<id>[0-9]+)/(\\w+)$"] });
        harness.Configuration.Plugin(
            "request-transformer",
            JsonNode.Parse("""{"http_method":"put","replace":{"uri":"/orders/$(uri_captures.id)/é?$(uri_captures[1])"},"add":{"headers":["x-all:$(uri_captures[0])"]}}""")!.AsObject());
        await harness.ApplyAsync();

        var echoed = JsonNode.Parse((await harness.GetAsync("/y/42/abc?q=1")).Body)!;

        Assert.Equal("PUT", (string?)echoed["method"]);
        Assert.Equal("/orders/42/%C3%A9%3Fabc?q=1", harness.Upstream.LastTarget);
        Assert.Equal("/y/42/abc", harness.Upstream.LastHeaders["x-all"]);
    }

    [Fact]
    public async Task A_form_moves_to_the_query_of_a_method_without_body()
    {
        await using var harness = await StartAsync("""{"http_method":"GET"}""");

        var echoed = await PostAsync(harness, new StringContent("a=1&b=2", Encoding.UTF8, "application/x-www-form-urlencoded"), "/x?c=3");

        Assert.Equal("GET", (string?)echoed["method"]);
        Assert.Equal("/?c=3&a=1&b=2", harness.Upstream.LastTarget);
    }

    [Fact]
    public async Task Head_upstream_leaves_a_get_without_body()
    {
        await using var harness = await StartAsync("""{"http_method":"HEAD"}""");

        var answer = await harness.GetAsync();
        var again = await harness.GetAsync();

        Assert.Equal((200, "", 200), (answer.Status, answer.Body, again.Status));
        Assert.Equal(2, harness.Upstream.Requests);
    }

    [Fact]
    public async Task Templates_see_the_consumer_and_the_request_as_it_came()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Key(harness.Configuration.Consumer("ann"), "k");
        harness.Configuration.Plugin("key-auth", JsonNode.Parse("""{"hide_credentials":true}""")!.AsObject());
        harness.Configuration.Plugin(
            "request-transformer",
            JsonNode.Parse("""{"remove":{"headers":["x-a"]},"add":{"headers":["x-b:$(headers.x_a) $(consumer.username) $(headers.none or 'no')","x-c:$(query_params.c)"]}}""")!.AsObject());
        await harness.ApplyAsync();

        await harness.GetAsync("/x?c=1%0d%0aX-Evil:+1", ("x-a", "was"), ("apikey", "k"));

        Assert.Equal("was ann no", harness.Upstream.LastHeaders["x-b"]);
        Assert.Equal("1%0D%0AX-Evil: 1", harness.Upstream.LastHeaders["x-c"]);
        Assert.DoesNotContain("X-Evil", harness.Upstream.LastHeaders.Keys);
    }

    [Theory]
    [InlineData("""{"add":{"headers":["x"]}}""", "config.add.headers[0]", "invalid value: x")]
    [InlineData("""{"add":{"headers":["x y:1"]}}""", "config.add.headers[0]", "'x y' is not a valid header")]
    [InlineData("""{"add":{"querystring":["x:$(os.exit())"]}}""", "config.add.querystring[0]", "'os' is not supported in templates")]
    [InlineData("""{"replace":{"uri":"$(headers.x"}}""", "config.replace.uri", "')' is missing")]
    [InlineData("""{"http_method":"GE T"}""", "config.http_method", "invalid value")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string config, string field, string problem)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("request-transformer", JsonNode.Parse(config)!.AsObject());

        var error = Assert.Single((await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot())).Errors);

        Assert.EndsWith(field, error.Field, StringComparison.Ordinal);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    private static Task<PluginHarness> StartAsync(string config) => PluginHarness.StartAsync("request-transformer", config, EchoAsync);

    private static async Task EchoAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var echo = new JsonObject { ["method"] = http.Request.Method, ["url"] = http.Request.GetEncodedPathAndQuery(), ["body"] = await reader.ReadToEndAsync() };
        await http.Response.WriteAsync(echo.ToJsonString());
    }

    private static async Task<JsonNode> PostAsync(PluginHarness harness, HttpContent content, string target = "/x")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, UriKind.Relative)) { Content = content };
        return JsonNode.Parse((await harness.SendAsync(request, ("x-tenant", "blue"))).Body)!;
    }
}
