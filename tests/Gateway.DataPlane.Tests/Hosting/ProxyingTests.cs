using System.Net;
using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting;

public sealed class ProxyingTests
{
    [Fact]
    public async Task A_request_reaches_the_service_of_its_route()
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var plane = await RunningDataPlane.StartAsync();
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("pets", new Uri(upstream.Url, "/api"));
        configuration.Route("pets", service, route => route with { Paths = ["/pets"] });
        await plane.ApplyAsync(configuration.Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/pets/7?x=%20a", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        Assert.Equal("/api/7?x=%20a", upstream.LastTarget);
        Assert.Equal("1.1 gateway", response.Headers.Via.ToString());
        Assert.True(response.Headers.Contains("X-Kong-Upstream-Latency"));
        Assert.True(response.Headers.Contains("X-Kong-Proxy-Latency"));
        Assert.Equal(32, response.Headers.GetValues("X-Kong-Request-Id").Single().Length);
    }
}
