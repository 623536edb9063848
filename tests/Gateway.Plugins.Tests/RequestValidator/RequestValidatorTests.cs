using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.RequestValidator;

public sealed class RequestValidatorTests
{
    private const string Draft4 = """{"version":"draft4","body_schema":"{\"properties\":{\"f1\":{\"type\":\"string\"}},\"required\":[\"f1\"]}"}""";
    private const string Kong = """{"body_schema":"[{\"name\":{\"type\":\"string\",\"required\":true}},{\"age\":{\"type\":\"integer\",\"between\":[0,150]}},{\"tags\":{\"type\":\"array\",\"elements\":{\"type\":\"string\"}}}]"}""";

    [Theory]
    [InlineData(Draft4, """{"f1":"a"}""", 200, null)]
    [InlineData(Draft4, "{}", 400, "\"request body doesn't conform to schema\"")]
    [InlineData(Draft4, "", 400, "\"request body doesn't conform to schema\"")]
    [InlineData(Draft4, "{no", 400, "\"request body is not valid JSON\"")]
    [InlineData(Draft4, """{"f1":1,"f1":"a"}""", 400, "\"request body is not valid JSON\"")]
    [InlineData(Kong, """{"name":"a","age":5,"tags":["x"]}""", 200, null)]
    [InlineData(Kong, """{"age":5}""", 400, "\"request body doesn't conform to schema\"")]
    [InlineData(Kong, """{"name":"a","other":5}""", 400, "\"request body doesn't conform to schema\"")]
    [InlineData(Kong, "[]", 400, "\"request body doesn't conform to schema\"")]
    public async Task A_body_conforms_or_is_refused(string config, string body, int status, string? message)
    {
        await using var harness = await PluginHarness.StartAsync("request-validator", config);

        var answer = await PostAsync(harness, body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, harness.Upstream.Requests);
        if (message is not null)
        {
            Assert.Equal($$"""{"message":{{message.Replace("'", "\\u0027", StringComparison.Ordinal)}}}""", answer.Body);
        }
    }

    [Theory]
    [InlineData(Draft4, """{"f1":true}""", "\"property f1 validation failed: wrong type: expected string, got boolean\"")]
    [InlineData(Kong, """{"age":151,"tags":[1]}""", """{"name":"required field missing","age":"value should be between 0 and 150","tags[0]":"expected a string"}""")]
    public async Task Clients_are_told_what_is_wrong_if_wanted(string config, string body, string message)
    {
        await using var harness = await PluginHarness.StartAsync("request-validator", Verbose(config));

        Assert.Equal(message, JsonNode.Parse((await PostAsync(harness, body)).Body)!["message"]!.ToJsonString());
    }

    [Theory]
    [InlineData("application/json", true, 200)]
    [InlineData("Application/JSON", true, 200)]
    [InlineData("application/json; charset=utf-8", true, 400)]
    [InlineData("application/json; charset=utf-8", false, 200)]
    [InlineData("text/plain", true, 400)]
    [InlineData(null, true, 400)]
    public async Task A_content_type_is_allowed_or_not(string? type, bool parameters, int status)
    {
        var config = JsonNode.Parse(Verbose(Draft4))!;
        config["content_type_parameter_validation"] = parameters;
        await using var harness = await PluginHarness.StartAsync("request-validator", config.ToJsonString());

        var answer = await PostAsync(harness, """{"f1":"a"}""", type);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? null : "specified Content-Type is not allowed", status == 200 ? null : answer.Message);
    }

    [Fact]
    public async Task Other_allowed_types_pass_unread()
    {
        var config = JsonNode.Parse(Draft4)!;
        config["allowed_content_types"] = new JsonArray("text/*", "application/merge-patch+json");
        await using var harness = await PluginHarness.StartAsync("request-validator", config.ToJsonString());

        Assert.Equal(200, (await PostAsync(harness, "hello", "text/plain")).Status);
        Assert.Equal(400, (await PostAsync(harness, "{}", "application/merge-patch+json")).Status);
    }

    [Theory]
    [InlineData("header", "simple", false, """{"type":"array","items":{"type":"integer"}}""", "/x", "1,2,3", null)]
    [InlineData("header", "simple", false, """{"type":"array","items":{"type":"integer"}}""", "/x", "a,b", "header 'p' validation failed, [error] failed to validate item 1: wrong type: expected integer, got string")]
    [InlineData("header", "simple", true, """{"type":"object","properties":{"r":{"type":"integer"}},"required":["r"]}""", "/x", "r=1,g=2", null)]
    [InlineData("header", "simple", false, """{"type":"object","properties":{"r":{"type":"integer"}},"required":["r"]}""", "/x", "g,2", "header 'p' validation failed, [error] property r is required")]
    [InlineData("header", "simple", false, """{"type":"integer"}""", "/x", null, "header 'p' validation failed, [error] required parameter missing")]
    [InlineData("query", "form", true, """{"type":"integer"}""", "/x?p=5", null, null)]
    [InlineData("query", "form", true, """{"type":"integer"}""", "/x?p=5&p=a", null, "query 'p' validation failed, [error] wrong type: expected integer, got string")]
    [InlineData("query", "form", true, """{"type":"array","maxItems":1,"items":{"type":"integer"}}""", "/x?p=5&p=6", null, "query 'p' validation failed, [error] expect array to have at most 1 items")]
    [InlineData("query", "form", false, """{"type":"array","items":{"type":"integer"}}""", "/x?p=5,6", null, null)]
    [InlineData("query", "pipeDelimited", false, """{"type":"array","maxItems":1}""", "/x?p=5|6", null, "query 'p' validation failed, [error] expect array to have at most 1 items")]
    [InlineData("query", "spaceDelimited", false, """{"type":"array","items":{"type":"integer"}}""", "/x?p=5%206", null, null)]
    [InlineData("query", "deepObject", true, """{"type":"object","required":["r"]}""", "/x?p[r]=5", null, null)]
    [InlineData("query", "deepObject", true, """{"type":"object","required":["r"]}""", "/x?p[g]=5", null, "query 'p' validation failed, [error] property r is required")]
    [InlineData("path", "simple", false, """{"type":"integer"}""", "/y/12", null, null)]
    [InlineData("path", "simple", false, """{"type":"integer"}""", "/y/ab", null, "path 'p' validation failed, [error] wrong type: expected integer, got string")]
    [InlineData("path", "label", true, """{"type":"array","items":{"type":"integer"}}""", "/y/.1.2", null, null)]
    [InlineData("path", "matrix", false, """{"type":"integer"}""", "/y/;p=1", null, null)]
    [InlineData("path", "matrix", true, """{"type":"array","items":{"type":"integer"}}""", "/y/;p=1;p=b", null, "path 'p' validation failed, [error] failed to validate item 2: wrong type: expected integer, got string")]
    [InlineData("path", "label", false, """{"type":"integer"}""", "/y/12", null, "path 'p' validation failed, [error] is not written in style label")]
    public async Task A_parameter_conforms_or_is_refused(string place, string style, bool explode, string schema, string target, string? header, string? message)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Route("y", harness.Service, route => route with { Paths = ["~/y/(?<p>[^/]+)$"] });
        harness.Configuration.Plugin("request-validator", new JsonObject
        {
            ["verbose_response"] = true,
            ["parameter_schema"] = new JsonArray(new JsonObject
            {
                ["in"] = place,
                ["name"] = "p",
                ["required"] = true,
                ["style"] = style,
                ["explode"] = explode,
                ["schema"] = schema,
            }),
        });
        await harness.ApplyAsync();

        var answer = header is null ? await harness.GetAsync(target) : await harness.GetAsync(target, ("p", header));

        Assert.Equal(message is null ? 200 : 400, answer.Status);
        Assert.Equal(message, message is null ? null : answer.Message);
    }

    [Fact]
    public async Task A_parameter_s_value_is_shown_only_to_who_may_be_told()
    {
        const string Config = """{"parameter_schema":[{"in":"header","name":"p","required":false,"style":"simple","explode":false,"schema":"{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}"}]}""";
        await using var quiet = await PluginHarness.StartAsync("request-validator", Config);
        await using var verbose = await PluginHarness.StartAsync("request-validator", Verbose(Config));

        Assert.Equal(200, (await quiet.GetAsync()).Status);
        Assert.Equal("request param doesn't conform to schema", (await quiet.GetAsync("/x", ("p", "a"))).Message);
        Assert.Equal("""["a","b"]""", JsonNode.Parse((await verbose.GetAsync("/x", ("p", "a,b"))).Body)!["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "at least one of these fields must be non-empty: 'config.body_schema', 'config.parameter_schema'")]
    [InlineData("""{"version":"draft4","body_schema":"{"}""", "failed decoding schema: ")]
    [InlineData("""{"version":"draft7","body_schema":"{}"}""", "'draft7' is not supported by this version")]
    [InlineData("""{"body_schema":"{}"}""", "schema violation: expected an array of fields")]
    [InlineData("""{"body_schema":"[{\"a\":{\"type\":\"string\",\"match\":\"^a\"}}]"}""", "schema violation: a.match: not supported by this version")]
    [InlineData("""{"body_schema":"[{\"a\":{\"type\":\"array\"}}]"}""", "schema violation: a.elements: required field missing")]
    [InlineData("""{"parameter_schema":[{"in":"query","name":"a","required":true,"style":"form"}]}""", "all or none of these fields must be set: 'style', 'explode', 'schema'")]
    [InlineData("""{"parameter_schema":[{"in":"query","name":"a","required":true,"style":"matrix","explode":true,"schema":"{\"type\":\"string\"}"}]}""", "style 'matrix' not supported 'query' parameter")]
    [InlineData("""{"parameter_schema":[{"in":"query","name":"a","required":true,"style":"form","explode":true,"schema":"{}"}]}""", "the JSONschema is missing a top-level 'type' property")]
    [InlineData("""{"body_schema":"[]","allowed_content_types":["application/ xml"]}""", "invalid value: application/ xml")]
    public async Task A_config_that_cannot_run_is_refused(string config, string problem)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("request-validator", JsonNode.Parse(config)!.AsObject());

        Assert.StartsWith(problem, Assert.Single((await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot())).Errors).Problem, StringComparison.Ordinal);
    }

    private static string Verbose(string config)
    {
        var verbose = JsonNode.Parse(config)!;
        verbose["verbose_response"] = true;
        return verbose.ToJsonString();
    }

    private static async Task<PluginHarness.Answer> PostAsync(PluginHarness harness, string body, string? type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = content };
        return await harness.SendAsync(request);
    }
}
