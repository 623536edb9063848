using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.AwsLambda;

public sealed class AwsLambdaTests
{
    [Fact]
    public async Task A_function_answers_and_no_upstream_is_asked()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(function);

        var answer = await harness.GetAsync("/x?a=1&a=2&b=3");

        Assert.Equal((200, "application/json", "invocation-1"), (answer.Status, answer.Header("Content-Type"), answer.Header("x-amzn-RequestId")));
        Assert.Equal("""{"a":["1","2"],"b":"3"}""", answer.Body);
        Assert.Equal("/2015-03-31/functions/orders/invocations", function.LastTarget);
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData("application/json", """{"b":{"c":[1]}}""", """{"a":"1","b":{"c":[1]}}""")]
    [InlineData("application/x-www-form-urlencoded", "b=2&b=3", """{"a":"1","b":["2","3"]}""")]
    [InlineData("text/plain", "b=2", """{"a":"1"}""")]
    [InlineData("application/json", "no json", """{"a":"1"}""")]
    public async Task A_body_s_members_are_parameters_too(string type, string body, string payload)
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(function);

        Assert.Equal(payload, (await PostAsync(harness, "/x?a=1", type, body)).Body);
    }

    [Fact]
    public async Task What_the_config_forwards_is_there_by_Kong_s_names()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(
            function, ("forward_request_method", true), ("forward_request_uri", true), ("forward_request_headers", true), ("forward_request_body", true), ("base64_encode_body", false));

        await PostAsync(harness, "/x/y?a=1", "application/x-www-form-urlencoded", "b=2");

        var payload = Assert.Single(function.Payloads);
        Assert.Equal(("POST", "/x/y?a=1", "1"), ((string?)payload["request_method"], (string?)payload["request_uri"], (string?)payload["request_uri_args"]!["a"]));
        Assert.Equal(("b=2", false, "2"), ((string?)payload["request_body"], (bool)payload["request_body_base64"]!, (string?)payload["request_body_args"]!["b"]));
        Assert.Equal("application/x-www-form-urlencoded", (string?)payload["request_headers"]!["content-type"]);
    }

    [Fact]
    public async Task API_Gateway_s_event_of_version_1_has_its_members()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(function, ("awsgateway_compatible", true));

        await PostAsync(harness, "/x/y?a=1&a=2", "text/plain", "hello");

        var payload = Assert.Single(function.Payloads);
        Assert.Equal(("1.0", "/x", "/x/y", "POST"), ((string?)payload["version"], (string?)payload["resource"], (string?)payload["path"], (string?)payload["httpMethod"]));
        Assert.Equal(("2", """["1","2"]"""), ((string?)payload["queryStringParameters"]!["a"], payload["multiValueQueryStringParameters"]!["a"]!.ToJsonString()));
        Assert.Equal(("aGVsbG8=", true), ((string?)payload["body"], (bool)payload["isBase64Encoded"]!));
        Assert.Equal("127.0.0.1", (string?)payload["requestContext"]!["identity"]!["sourceIp"]);
    }

    [Fact]
    public async Task API_Gateway_s_event_of_version_2_has_its_members()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(function, ("awsgateway_compatible", true), ("awsgateway_compatible_payload_version", "2.0"));

        await harness.GetAsync("/x/y?a=1&a=2", ("Cookie", "one=1; two=2"), ("X-Test", "yes"));

        var payload = Assert.Single(function.Payloads);
        Assert.Equal(("2.0", "/x/y", "a=1&a=2", "1,2"), ((string?)payload["version"], (string?)payload["rawPath"], (string?)payload["rawQueryString"], (string?)payload["queryStringParameters"]!["a"]));
        Assert.Equal("""["one=1","two=2"]""", payload["cookies"]!.ToJsonString());
        Assert.Equal(("yes", null), ((string?)payload["headers"]!["x-test"], payload["headers"]!["cookie"]));
        Assert.Equal(("GET", "/x/y", "127.0.0.1"), ((string?)payload["requestContext"]!["http"]!["method"], (string?)payload["requestContext"]!["http"]!["path"], (string?)payload["requestContext"]!["http"]!["sourceIp"]));
    }

    [Fact]
    public async Task A_proxy_integration_says_status_headers_and_body()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        function.Function = static _ => ("""
            {"statusCode":201,"headers":{"Content-Type":"text/plain","X-One":"1","Content-Length":"999","X-Bad":"a\r\nb"},"multiValueHeaders":{"X-Two":["a","b"]},"body":"aGVsbG8=","isBase64Encoded":true}
            """, false);
        await using var harness = await StartAsync(function, ("is_proxy_integration", true));

        var answer = await harness.GetAsync();

        Assert.Equal((201, "hello", "text/plain", "1", "a, b", "5"), (answer.Status, answer.Body, answer.Header("Content-Type"), answer.Header("X-One"), answer.Header("X-Two"), answer.Header("Content-Length")));
        Assert.Null(answer.Header("X-Bad"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("no json")]
    [InlineData("""{"statusCode":"many"}""")]
    [InlineData("""{"statusCode":99}""")]
    [InlineData("""{"headers":[]}""")]
    [InlineData("""{"body":{}}""")]
    [InlineData("""{"body":"%","isBase64Encoded":true}""")]
    public async Task A_result_that_is_none_of_a_proxy_integration_is_502(string result)
    {
        await using var function = await FunctionEndpoint.StartAsync();
        function.Function = _ => (result, false);
        await using var harness = await StartAsync(function, ("is_proxy_integration", true));

        var answer = await harness.GetAsync();

        Assert.Equal((502, "Bad Gateway"), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(false, null, 200)]
    [InlineData(false, 418, 418)]
    [InlineData(true, null, 502)]
    [InlineData(true, 500, 500)]
    public async Task A_function_that_failed_has_the_status_that_the_config_says(bool proxy, int? status, int expected)
    {
        await using var function = await FunctionEndpoint.StartAsync();
        function.Function = static _ => ("""{"errorMessage":"broken"}""", true);
        await using var harness = await StartAsync(function, [("is_proxy_integration", proxy), .. status is { } unhandled ? new[] { ("unhandled_status", (JsonNode)unhandled) } : []]);

        Assert.Equal(expected, (await harness.GetAsync()).Status);
    }

    [Theory]
    [InlineData("Event", 202)]
    [InlineData("DryRun", 204)]
    public async Task An_invocation_without_a_result_says_that_it_was_taken(string type, int status)
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(function, ("invocation_type", type), ("qualifier", "live"), ("is_proxy_integration", true));

        var answer = await harness.GetAsync();

        Assert.Equal((status, ""), (answer.Status, answer.Body));
        Assert.Equal("/2015-03-31/functions/orders/invocations?Qualifier=live", function.LastTarget);
    }

    [Theory]
    [InlineData(403, 500)]
    [InlineData(404, 500)]
    [InlineData(429, 429)]
    [InlineData(500, 500)]
    public async Task What_Lambda_refuses_is_told_to_the_log_and_not_to_the_client(int refusal, int status)
    {
        await using var function = await FunctionEndpoint.StartAsync();
        function.Refusal = refusal;
        await using var harness = await StartAsync(function);

        Assert.Equal(status, (await harness.GetAsync()).Status);
    }

    [Fact]
    public async Task A_wrong_secret_is_no_way_in_and_no_function_runs()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        await using var harness = await StartAsync(function, ("aws_secret", "wrong"));

        Assert.Equal(500, (await harness.GetAsync()).Status);
        Assert.Empty(function.Payloads);
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_504()
    {
        await using var function = await FunctionEndpoint.StartAsync();
        var gate = new TaskCompletionSource();
        function.Gate = gate.Task;
        await using var harness = await StartAsync(function, ("timeout", 100));

        Assert.Equal(504, (await harness.GetAsync()).Status);
        gate.SetResult();
    }

    private static async Task<PluginHarness> StartAsync(FunctionEndpoint function, params (string Name, JsonNode Value)[] config)
    {
        var harness = await PluginHarness.StartAsync();
        var all = new JsonObject
        {
            ["function_name"] = "orders",
            ["aws_region"] = "eu-central-1",
            ["host"] = "127.0.0.1",
            ["port"] = function.Port,
            ["disable_https"] = true,
            ["aws_key"] = FunctionEndpoint.KeyId,
            ["aws_secret"] = FunctionEndpoint.Secret,
        };
        foreach (var (name, value) in config)
        {
            all[name] = value;
        }

        harness.Configuration.Plugin("aws-lambda", all);
        await harness.ApplyAsync();
        return harness;
    }

    private static async Task<PluginHarness.Answer> PostAsync(PluginHarness harness, string target, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, UriKind.Relative)) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new(type);
        return await harness.SendAsync(request);
    }
}
