using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting.ProxyProtocol;

/// <summary>Behind a load balancer that says who calls, over real sockets.</summary>
public sealed class ProxyProtocolTests : IAsyncLifetime
{
    private const string Header = "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n";
    private const string Request = "GET /x HTTP/1.1\r\nHost: a\r\nX-Real-IP: 203.0.113.9\r\nConnection: close\r\n\r\n";

    private RunningUpstream _upstream = null!;

    public async ValueTask InitializeAsync() => _upstream = await RunningUpstream.StartAsync();

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task The_upstream_is_told_of_the_client_that_a_trusted_balancer_announces()
    {
        await using var plane = await StartAsync(trusted: true, tls: false);

        Assert.StartsWith("HTTP/1.1 200", await SendAsync(plane, Header + Request), StringComparison.Ordinal);

        Assert.Equal("192.0.2.1", _upstream.LastHeaders["X-Real-IP"]);
        Assert.Equal("192.0.2.1", _upstream.LastHeaders["X-Forwarded-For"]);
        Assert.Equal("443", _upstream.LastHeaders["X-Forwarded-Port"]);
    }

    [Fact]
    public async Task What_somebody_else_announces_is_read_and_not_believed()
    {
        await using var plane = await StartAsync(trusted: false, tls: false);

        Assert.StartsWith("HTTP/1.1 200", await SendAsync(plane, Header + Request), StringComparison.Ordinal);

        Assert.Equal("127.0.0.1", _upstream.LastHeaders["X-Real-IP"]);
    }

    [Fact]
    public async Task A_connection_without_the_header_is_closed_unanswered()
    {
        await using var plane = await StartAsync(trusted: true, tls: false);

        Assert.Equal("", await SendAsync(plane, Request));
        Assert.Equal(0, _upstream.Requests);
    }

    [Fact]
    public async Task The_header_comes_before_TLS()
    {
        await using var plane = await StartAsync(trusted: true, tls: true);
        using var client = new TcpClient();
        await client.ConnectAsync(plane.Others[0].Host, plane.Others[0].Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(Header));

        // The data plane's own, self-signed one.
#pragma warning disable CA5359
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("localhost");

        await tls.WriteAsync(Encoding.Latin1.GetBytes(Request));
        using var reader = new StreamReader(tls, Encoding.Latin1);

        Assert.StartsWith("HTTP/1.1 200", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("192.0.2.1", _upstream.LastHeaders["X-Real-IP"]);
        Assert.Equal("https", _upstream.LastHeaders["X-Forwarded-Proto"]);
    }

    private async Task<RunningDataPlane> StartAsync(bool trusted, bool tls)
    {
        var plane = await RunningDataPlane.StartAsync(
            options => options.TrustedProxies = trusted ? [IPNetwork.Parse("127.0.0.0/8")] : [],
            services: null,
            new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)) { ProxyProtocol = true, Tls = tls });
        var builder = new ConfigurationBuilder();
        builder.Route("x", builder.Service("x", _upstream.Url), route => route with { Paths = ["/x"] });
        await plane.ApplyAsync(builder.Snapshot());
        return plane;
    }

    private static async Task<string> SendAsync(RunningDataPlane plane, string bytes)
    {
        using var client = new RawClient(plane.Others[0]);
        await client.SendAsync(bytes);
        try
        {
            return await client.ReadToEndAsync();
        }
        catch (IOException)
        {
            // Reset.
            return "";
        }
    }
}
