using System.Net;
using Gateway.DataPlane.Tests.Dns;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>Targets and services by name, through the whole request path and a real DNS server.</summary>
public sealed class ResolutionTests : IAsyncLifetime
{
    private readonly TestDnsServer _dns = new();
    private RunningUpstream _one = null!;
    private RunningUpstream _two = null!;
    private RunningDataPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("one"));
        _two = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("two"));
        _plane = await RunningDataPlane.StartAsync(options => options.Dns.Servers = [_dns.EndPoint]);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _dns.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SRV_records_say_where_and_how_much(bool useSrvName)
    {
        _dns.Srv("_http._tcp.pets.test", 60, (1, 3, (ushort)_one.Url.Port, "h1.test"), (1, 1, (ushort)_two.Url.Port, "h2.test"));
        _dns.A("h1.test", 60, "127.0.0.1");
        _dns.A("h2.test", 60, "127.0.0.1");
        await ApplyAsync("_http._tcp.pets.test:80", upstream => upstream with { UseSrvName = useSrvName });

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        }

        Assert.Equal((30, 10), (_one.Requests, _two.Requests));
        Assert.Equal(useSrvName ? $"h1.test:{_one.Url.Port}" : $"_http._tcp.pets.test:{_one.Url.Port}", _one.LastHeaders["Host"]);
    }

    [Fact]
    public async Task A_changed_answer_is_followed_without_a_publication()
    {
        _dns.Srv("_http._tcp.pets.test", 1, (1, 1, (ushort)_one.Url.Port, "h.test"));
        _dns.A("h.test", 1, "127.0.0.1");
        await ApplyAsync("_http._tcp.pets.test:80");
        Assert.Equal("one", (await AskAsync()).Body);

        _dns.Srv("_http._tcp.pets.test", 1, (1, 1, (ushort)_two.Url.Port, "h.test"));

        await Eventually.TrueAsync(async () => (await AskAsync()).Body == "two");
    }

    [Fact]
    public async Task While_the_servers_are_silent_what_was_known_serves()
    {
        _dns.A("pets.test", 1, "127.0.0.1");
        await ApplyAsync($"pets.test:{_one.Url.Port}");
        Assert.Equal("one", (await AskAsync()).Body);

        _dns.Code = 2;
        var asked = _dns.Queries.Count;
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal("one", (await AskAsync()).Body);
            return _dns.Queries.Count > asked;
        });
        Assert.Equal("one", (await AskAsync()).Body);
    }

    [Fact]
    public async Task The_requests_of_a_target_that_does_not_exist_are_503_until_it_does()
    {
        _dns.AbsenceLife = 1;
        await ApplyAsync($"pets.test:{_one.Url.Port}");
        var (status, body) = await AskAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("failure to get a peer from the ring-balancer", body, StringComparison.Ordinal);

        _dns.A("pets.test", 60, "127.0.0.1");
        await Eventually.TrueAsync(async () => (await AskAsync()).Body == "one");
    }

    [Fact]
    public async Task A_service_s_own_name_is_resolved_too()
    {
        _dns.A("direct.test", 60, "127.0.0.1");
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", new Uri($"http://direct.test:{_two.Url.Port}"));
        configuration.Route("x", service, route => route with { Paths = ["/x"] });
        await _plane.ApplyAsync(configuration.Snapshot());

        Assert.Equal("two", (await AskAsync()).Body);
        Assert.Equal($"direct.test:{_two.Url.Port}", _two.LastHeaders["Host"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_service_whose_name_does_not_resolve_is_503(int code)
    {
        _dns.Code = code;
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", new Uri("http://none.test"), entity => entity with { Retries = 0 });
        configuration.Route("x", service, route => route with { Paths = ["/x"] });
        await _plane.ApplyAsync(configuration.Snapshot());

        var (status, body) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("name resolution failed", body, StringComparison.Ordinal);
    }

    private async Task ApplyAsync(string target, Func<Upstream, Upstream>? with = null)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", new Uri("http://pets.internal"));
        configuration.Route("x", service, route => route with { Paths = ["/x"] });
        configuration.Target(configuration.Upstream("pets.internal", with), target);
        await _plane.ApplyAsync(configuration.Snapshot());
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync()
    {
        using var response = await _plane.Client.GetAsync(new Uri("/x", UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
