using System.Net;
using System.Net.Http.Headers;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>What an upstream sees of a request, and a client of the response.</summary>
public abstract class ProxyingTests(Way way) : IAsyncLifetime
{
    private RunningUpstream _upstream = null!;
    private RunningDataPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await RunningUpstream.StartAsync(async http =>
        {
            http.Response.Headers["X-Upstream"] = "yes";
            http.Response.ContentType = "text/plain";
            var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            await http.Response.WriteAsync(body.Length == 0 ? "hello" : body);
        });
        _plane = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_request_reaches_the_service_of_its_route()
    {
        await RouteAsync(servicePath: "/api");

        using var response = await _plane.Client.GetAsync(new Uri("/pets/7?x=%20a&y", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        Assert.Equal("/api/7?x=%20a&y", _upstream.LastTarget);
        Assert.Equal("1.1 gateway", response.Headers.Via.ToString());
        Assert.Equal("yes", response.Headers.GetValues("X-Upstream").Single());
        Assert.True(int.Parse(response.Headers.GetValues("X-Kong-Upstream-Latency").Single()) >= 0);
        Assert.True(int.Parse(response.Headers.GetValues("X-Kong-Proxy-Latency").Single()) >= 0);
        Assert.Equal(_upstream.LastHeaders["X-Kong-Request-Id"], response.Headers.GetValues("X-Kong-Request-Id").Single());
        Assert.Equal(32, _upstream.LastHeaders["X-Kong-Request-Id"].Length);
    }

    [Fact]
    public async Task The_upstream_learns_who_the_client_is_and_not_what_it_claims()
    {
        await RouteAsync();
        using var request = Request("/pets/x");
        request.Headers.Add("X-Forwarded-For", "9.9.9.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        request.Headers.Add("X-Real-IP", "9.9.9.9");
        request.Headers.Add("X-Consumer-Username", "admin");
        request.Headers.Add("X-Credential-Identifier", "admin");

        using var response = await _plane.Client.SendAsync(request);

        var seen = _upstream.LastHeaders;
        Assert.Equal("9.9.9.9, 127.0.0.1", seen["X-Forwarded-For"]);
        Assert.Equal("127.0.0.1", seen["X-Real-IP"]);
        Assert.Equal("http", seen["X-Forwarded-Proto"]);
        Assert.Equal("127.0.0.1", seen["X-Forwarded-Host"]);
        Assert.Equal(_plane.Proxy.Port.ToString(), seen["X-Forwarded-Port"]);
        Assert.Equal("/pets/x", seen["X-Forwarded-Path"]);
        Assert.Equal("/pets", seen["X-Forwarded-Prefix"]);
        Assert.DoesNotContain("X-Consumer-Username", seen.Keys);
        Assert.DoesNotContain("X-Credential-Identifier", seen.Keys);
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed()
    {
        await using var trusting = await StartAsync(options => options.TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")]);
        await trusting.ApplyAsync(Configuration().Snapshot());
        using var request = Request("/pets/x");
        request.Headers.Add("X-Forwarded-For", "9.9.9.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Real-IP", "9.9.9.9");

        using var response = await trusting.Client.SendAsync(request);

        Assert.Equal("9.9.9.9", _upstream.LastHeaders["X-Real-IP"]);
        Assert.Equal("https", _upstream.LastHeaders["X-Forwarded-Proto"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_host_is_the_upstream_s_or_the_client_s(bool preserve)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("pets", _upstream.Url);
        configuration.Route("pets", service, route => route with { Paths = ["/pets"], PreserveHost = preserve });
        await _plane.ApplyAsync(configuration.Snapshot());
        using var request = Request("/pets");
        request.Headers.Host = "api.example.com:8080";

        using var response = await _plane.Client.SendAsync(request);

        Assert.Equal(preserve ? "api.example.com:8080" : _upstream.Address, _upstream.LastHeaders["Host"]);
    }

    [Fact]
    public async Task Headers_for_one_hop_go_no_further()
    {
        await RouteAsync();
        using var request = Request("/pets");
        request.Headers.Connection.Add("X-Private");
        request.Headers.Add("X-Private", "1");
        request.Headers.Add("Proxy-Authorization", "Basic eA==");
        request.Headers.Add("X-Public", "1");

        using var response = await _plane.Client.SendAsync(request);

        Assert.DoesNotContain("X-Private", _upstream.LastHeaders.Keys);
        Assert.DoesNotContain("Proxy-Authorization", _upstream.LastHeaders.Keys);
        Assert.Equal("1", _upstream.LastHeaders["X-Public"]);
        Assert.Empty(response.Headers.Connection);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task A_body_passes_in_both_directions(int size)
    {
        await RouteAsync();
        var body = new string('x', size);

        using var known = await _plane.Client.PostAsync(new Uri("/pets", UriKind.Relative), new StringContent(body));
        using var chunked = Request("/pets", HttpMethod.Post);
        chunked.Content = new StringContent(body);
        chunked.Headers.TransferEncodingChunked = true;
        using var unknown = await _plane.Client.SendAsync(chunked);

        Assert.Equal(size == 0 ? "hello" : body, await known.Content.ReadAsStringAsync());
        Assert.Equal(size == 0 ? "hello" : body, await unknown.Content.ReadAsStringAsync());

        // A request is counted when its response is over, a moment after the client has it.
        await Eventually.TrueAsync(() => _plane.Metric("gateway.request.bytes") == 2 * size);
        await Eventually.TrueAsync(() => _plane.Metric("gateway.response.bytes") == 2 * (size == 0 ? 5 : size));
    }

    [Fact]
    public async Task What_is_matched_is_what_the_upstream_gets()
    {
        await RouteAsync();
        using var raw = new RawClient(_plane.Proxy);

        await raw.GetAsync("/x/..//pets/%2e/a%2Fb/%61?q=/../%zz");

        Assert.Equal("/a%2Fb/a?q=/../%zz", _upstream.LastTarget);
    }

    [Fact]
    public async Task Without_a_matching_route_the_answer_is_404_in_Kong_s_form()
    {
        using var none = await _plane.Client.GetAsync(new Uri("/", UriKind.Relative));
        await RouteAsync();
        using var other = await _plane.Client.GetAsync(new Uri("/other", UriKind.Relative));

        foreach (var response in new[] { none, other })
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
            var id = response.Headers.GetValues("X-Kong-Request-Id").Single();
            Assert.Equal($$"""{"message":"no Route matched with those values","request_id":"{{id}}"}""", await response.Content.ReadAsStringAsync());
            Assert.True(response.Headers.Contains("X-Kong-Response-Latency"));
            Assert.Empty(response.Headers.Server);
        }

        await Eventually.TrueAsync(() => _plane.Metric("gateway.requests", ("route", ""), ("status", "404")) == 2);
    }

    [Fact]
    public async Task An_error_is_said_as_the_client_accepts()
    {
        using var request = Request("/none");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        using var response = await _plane.Client.SendAsync(request);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<p>no Route matched with those values.</p>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_request_gets_headers_alone()
    {
        await RouteAsync();

        using var proxied = await _plane.Client.SendAsync(Request("/pets", HttpMethod.Head));
        using var missing = await _plane.Client.SendAsync(Request("/none", HttpMethod.Head));

        Assert.Equal(HttpStatusCode.OK, proxied.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Empty(await missing.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(426, null)]
    [InlineData(301, "https://api.example.com/pets?a=b")]
    [InlineData(308, "https://api.example.com/pets?a=b")]
    public async Task A_route_for_HTTPS_alone_turns_HTTP_away(int status, string? location)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("pets", _upstream.Url);
        configuration.Route("pets", service, route => route with { Paths = ["/pets"], Protocols = ["https"], HttpsRedirectStatusCode = status });
        await _plane.ApplyAsync(configuration.Snapshot());
        using var request = Request("/pets?a=b");
        request.Headers.Host = "api.example.com:8000";

        using var response = await _plane.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.ToString());
        Assert.Equal(0, _upstream.Requests);
    }

    [Fact]
    public async Task A_route_without_a_service_answers_503()
    {
        var configuration = new ConfigurationBuilder();
        configuration.Route("none", service: null, route => route with { Paths = ["/none"] });
        await _plane.ApplyAsync(configuration.Snapshot());

        using var response = await _plane.Client.GetAsync(new Uri("/none", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("no Service found with those values", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private ConfigurationBuilder Configuration(string? servicePath = null)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("pets", new Uri(_upstream.Url, servicePath ?? "/"));
        configuration.Route("pets", service, route => route with { Paths = ["/pets"] });
        return configuration;
    }

    private Task RouteAsync(string? servicePath = null) => _plane.ApplyAsync(Configuration(servicePath).Snapshot());

    private static HttpRequestMessage Request(string target, HttpMethod? method = null) => new(method ?? HttpMethod.Get, new Uri(target, UriKind.Relative));

    private Task<RunningDataPlane> StartAsync(Action<DataPlaneOptions>? options = null, params IReadOnlyList<ProxyListener> others) => RunningDataPlane.StartAsync(
        all =>
        {
            all.Choose(way);
            options?.Invoke(all);
        },
        services: null,
        others);
}
