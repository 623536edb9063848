using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary><c>request_buffering</c>, on unless a route says otherwise.</summary>
public sealed class BufferingTests
{
    [Theory]
    [InlineData(Way.EventLoops, true)]
    [InlineData(Way.EventLoops, false)]
    [InlineData(Way.GeneralSockets, true)]
    [InlineData(Way.GeneralSockets, false)]
    [InlineData(Way.GeneralClient, true)]
    [InlineData(Way.GeneralClient, false)]
    public async Task An_upstream_hears_of_a_request_once_its_short_body_is_here(Way way, bool chunked)
    {
        await using var upstream = await RunningUpstream.StartAsync(static http => http.Request.Body.CopyToAsync(http.Response.Body));
        await using var plane = await StartAsync(way, upstream.Url);
        using var slow = new RawClient(plane.Proxy);
        await slow.SendAsync($"POST /slow HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{(chunked ? "Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n" : "Content-Length: 6\r\n\r\none")}");

        using var other = await plane.Client.PostAsync(new Uri("/other", UriKind.Relative), new StringContent("two"));
        Assert.Equal("two", await other.Content.ReadAsStringAsync());
        Assert.Equal(1, upstream.Requests);

        await slow.SendAsync(chunked ? "3\r\ntwo\r\n0\r\n\r\n" : "two");
        Assert.Contains("onetwo", await slow.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("/slow", upstream.LastTarget);
        Assert.Equal("6", upstream.LastHeaders["Content-Length"]);
        Assert.DoesNotContain("Transfer-Encoding", upstream.LastHeaders.Keys);
        await Eventually.TrueAsync(() => plane.Metric("gateway.request.bytes") == 9);
    }

    [Theory]
    [InlineData(Way.EventLoops, true, true)]
    [InlineData(Way.EventLoops, true, false)]
    [InlineData(Way.EventLoops, false, true)]
    [InlineData(Way.EventLoops, false, false)]
    [InlineData(Way.GeneralSockets, true, true)]
    [InlineData(Way.GeneralSockets, true, false)]
    [InlineData(Way.GeneralSockets, false, true)]
    [InlineData(Way.GeneralSockets, false, false)]
    [InlineData(Way.GeneralClient, true, true)]
    [InlineData(Way.GeneralClient, true, false)]
    [InlineData(Way.GeneralClient, false, true)]
    [InlineData(Way.GeneralClient, false, false)]
    public async Task An_upstream_hears_of_a_request_at_once_where_the_route_says_so_or_the_body_is_long(Way way, bool isLong, bool chunked)
    {
        await using var upstream = await RunningUpstream.StartAsync(static async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync((await reader.ReadToEndAsync())[^2..]);
        });
        await using var plane = await StartAsync(way, upstream.Url, route => route with { RequestBuffering = isLong });
        var length = isLong ? 70_000 : 10;
        var first = new string('a', length - 1);
        using var slow = new RawClient(plane.Proxy);
        await slow.SendAsync($"POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{(chunked ? $"Transfer-Encoding: chunked\r\n\r\n{first.Length:x}\r\n{first}\r\n" : $"Content-Length: {length}\r\n\r\n{first}")}");

        await Eventually.TrueAsync(() => upstream.Requests == 1);

        await slow.SendAsync(chunked ? "1\r\nb\r\n0\r\n\r\n" : "b");
        Assert.Contains("ab", await slow.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Way.EventLoops)]
    [InlineData(Way.GeneralSockets)]
    [InlineData(Way.GeneralClient)]
    public async Task A_body_that_breaks_off_or_is_malformed_reaches_no_upstream(Way way)
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var plane = await StartAsync(way, upstream.Url);
        using var malformed = new RawClient(plane.Proxy);
        await malformed.SendAsync("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\nx\r\n");
        using (var gone = new RawClient(plane.Proxy))
        {
            await gone.SendAsync("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 6\r\n\r\none");
        }

        Assert.StartsWith("HTTP/1.1 400", await malformed.ReadToEndAsync(), StringComparison.Ordinal);

        // Once it has stopped, no request is under way.
        await plane.StopAsync();
        Assert.Equal(0, upstream.Requests);
    }

    [Theory]
    [InlineData("PUT", true)]
    [InlineData("POST", false)]
    public async Task A_request_with_a_body_is_sent_again_where_its_connection_was_closed_and_it_may_be(string method, bool isSentAgain)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var plane = await StartAsync(Way.EventLoops, new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        var serving = ServeAsync(listener, isSentAgain ? 2 : 1);
        using var first = await plane.Client.GetAsync(new Uri("/", UriKind.Relative));

        using var again = new HttpRequestMessage(new HttpMethod(method), new Uri("/", UriKind.Relative)) { Content = new StringContent("body") };
        using var response = await plane.Client.SendAsync(again);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(isSentAgain ? HttpStatusCode.OK : HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(isSentAgain ? ["", "body"] : [""], await serving);
    }

    // Answers one request on each connection, waits for the next one's first bytes, and closes the connection without a word.
    private static async Task<List<string>> ServeAsync(TcpListener listener, int connections)
    {
        var bodies = new List<string>();
        for (var i = 0; i < connections; i++)
        {
            using var connection = await listener.AcceptSocketAsync();
            var buffer = new byte[8192];
            var received = await connection.ReceiveAsync(buffer);
            bodies.Add(Encoding.ASCII.GetString(buffer, 0, received).Split("\r\n\r\n")[1]);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            if (i == 0)
            {
                await connection.ReceiveAsync(buffer);
            }
        }

        return bodies;
    }

    private static async Task<RunningDataPlane> StartAsync(Way way, Uri upstream, Func<Route, Route>? with = null)
    {
        var plane = await RunningDataPlane.StartAsync(all => all.Choose(way));
        var configuration = new ConfigurationBuilder();
        configuration.Route("x", configuration.Service("x", upstream), route => (with ?? (static same => same))(route with { Paths = ["/"] }));
        await plane.ApplyAsync(configuration.Snapshot());
        return plane;
    }
}
