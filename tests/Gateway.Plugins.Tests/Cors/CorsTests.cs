using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.Cors;

public sealed class CorsTests
{
    private const string AllowOrigin = "Access-Control-Allow-Origin";
    private const string AllowCredentials = "Access-Control-Allow-Credentials";

    [Fact]
    public async Task A_preflight_is_answered_without_the_upstream()
    {
        await using var harness = await PluginHarness.StartAsync("cors", """{"max_age":3600}""");

        var answer = await PreflightAsync(harness, "https://app.example", ("Access-Control-Request-Headers", "x-one,x-two"));

        Assert.Equal((200, ""), (answer.Status, answer.Body));
        Assert.Equal("*", answer.Header(AllowOrigin));
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("x-one,x-two", answer.Header("Access-Control-Allow-Headers"));
        Assert.Equal("3600", answer.Header("Access-Control-Max-Age"));
        Assert.Null(answer.Header("Vary"));
        Assert.Null(answer.Header(AllowCredentials));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Fact]
    public async Task A_preflight_is_told_what_is_configured()
    {
        await using var harness = await PluginHarness.StartAsync(
            "cors",
            """{"origins":["https://a.example","https://b.example"],"methods":["GET","POST"],"headers":["X-A","X-B"],"exposed_headers":["X-C"],"credentials":true,"private_network":true}""");

        var answer = await PreflightAsync(harness, "https://b.example", ("Access-Control-Request-Private-Network", "true"));

        Assert.Equal("https://b.example", answer.Header(AllowOrigin));
        Assert.Equal("true", answer.Header(AllowCredentials));
        Assert.Equal("GET,POST", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("X-A,X-B", answer.Header("Access-Control-Allow-Headers"));
        Assert.Equal("true", answer.Header("Access-Control-Allow-Private-Network"));
        Assert.Equal("Origin", answer.Header("Vary"));
        Assert.Null(answer.Header("Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task Options_without_a_requested_method_is_no_preflight()
    {
        await using var harness = await PluginHarness.StartAsync("cors", "{}");
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/x", UriKind.Relative));

        Assert.Equal("hello", (await harness.SendAsync(request, ("Origin", "https://app.example"))).Body);
    }

    [Fact]
    public async Task An_upstream_may_answer_preflights_itself()
    {
        await using var harness = await PluginHarness.StartAsync("cors", """{"preflight_continue":true,"origins":["https://a.example"]}""", static http =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "https://upstream.example";
            return http.Response.WriteAsync("mine");
        });

        var answer = await PreflightAsync(harness, "https://a.example");

        Assert.Equal(("mine", "https://upstream.example"), (answer.Body, answer.Header(AllowOrigin)));
    }

    [Theory]
    [InlineData("""["*"]""", "https://any.example", "*", null)]
    [InlineData("""["https://a.example"]""", "https://other.example", "https://a.example", "Origin")]
    [InlineData("""["https://a.example","https://b.example:443"]""", "https://b.example", "https://b.example", "Origin")]
    [InlineData("""["https://a.example","http://b.example"]""", "http://b.example:80", "http://b.example", "Origin")]
    [InlineData("""["https://a.example","https://b.example"]""", "https://c.example", null, "Origin")]
    [InlineData("""["https://a.example","*"]""", "https://c.example", "*", "Origin")]
    [InlineData("""["https://(.*)\\.example"]""", "https://x.example", "https://x.example", "Origin")]
    [InlineData("""["^https://.*\\.example$"]""", "https://x.example", "https://x.example", "Origin")]
    [InlineData("""["https://(.*)\\.example"]""", "https://x.example.evil", null, "Origin")]
    [InlineData("""["https://a\\.example|https://b\\.example"]""", "https://a.example.evil", null, "Origin")]
    [InlineData("""["(.*)\\.example"]""", "http://x.example:8080", "http://x.example:8080", "Origin")]
    [InlineData("""["a\\.example","null"]""", "null", "null", "Origin")]
    public async Task A_response_names_the_origin_that_is_allowed(string origins, string origin, string? allowed, string? vary)
    {
        await using var harness = await PluginHarness.StartAsync("cors", $$"""{"origins":{{origins}},"exposed_headers":["X-A","X-B"]}""", static http =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "https://upstream.example";
            return Task.CompletedTask;
        });

        var answer = await harness.GetAsync("/x", ("Origin", origin));

        Assert.Equal(allowed, answer.Header(AllowOrigin));
        Assert.Equal(vary, answer.Header("Vary"));
        Assert.Equal("X-A,X-B", answer.Header("Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task With_credentials_everyone_is_the_client_s_own_origin()
    {
        await using var harness = await PluginHarness.StartAsync("cors", """{"credentials":true}""", static http =>
        {
            http.Response.Headers.Vary = "Accept";
            return Task.CompletedTask;
        });

        var answer = await harness.GetAsync("/x", ("Origin", "https://any.example"));
        var without = await harness.GetAsync();

        Assert.Equal(("https://any.example", "true", "Accept, Origin"), (answer.Header(AllowOrigin), answer.Header(AllowCredentials), answer.Header("Vary")));
        Assert.Equal(("*", null), (without.Header(AllowOrigin), without.Header(AllowCredentials)));
    }

    [Fact]
    public async Task Who_names_no_origin_gets_no_headers_if_wanted()
    {
        await using var harness = await PluginHarness.StartAsync("cors", """{"allow_origin_absent":false}""");

        Assert.Null((await harness.GetAsync()).Header(AllowOrigin));
        Assert.Equal("*", (await harness.GetAsync("/x", ("Origin", "https://a.example"))).Header(AllowOrigin));
    }

    private static async Task<PluginHarness.Answer> PreflightAsync(PluginHarness harness, string origin, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/x", UriKind.Relative));
        return await harness.SendAsync(request, [("Origin", origin), ("Access-Control-Request-Method", "PUT"), .. headers]);
    }
}
