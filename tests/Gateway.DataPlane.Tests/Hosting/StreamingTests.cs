using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>What is no single request and answer: WebSocket, event streams, gRPC, HTTP/2, TLS.</summary>
public abstract class StreamingTests(Way way)
{
    [Fact]
    public async Task A_WebSocket_talks_through_the_gateway()
    {
        await using var upstream = await RunningUpstream.StartAsync(static async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } message)
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        });
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url).Snapshot());
        using var client = new ClientWebSocket();

        await client.ConnectAsync(new Uri($"ws://{plane.Proxy.Authority}/x/chat"), CancellationToken.None);
        var buffer = new byte[1024];
        foreach (var text in new[] { "one", "two" })
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
            var echo = await client.ReceiveAsync(buffer, CancellationToken.None);
            Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, echo.Count));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);
        Assert.Equal("bye", client.CloseStatusDescription);
        await Eventually.TrueAsync(() => plane.Metric("gateway.requests", ("status", "101")) == 1);
    }

    [Fact]
    public async Task Events_arrive_one_by_one_while_the_answer_goes_on()
    {
        var next = new SemaphoreSlim(0);
        await using var upstream = await RunningUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 3; i++)
            {
                await http.Response.WriteAsync($"data: {i}\n\n");
                await http.Response.Body.FlushAsync();
                await next.WaitAsync(Eventually.DefaultLimit);
            }
        });
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url).Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var i = 0; i < 3; i++)
        {
            // Each event is read before the upstream may write the next one.
            Assert.Equal($"data: {i}", await reader.ReadLineAsync().WaitAsync(Eventually.DefaultLimit));
            Assert.Equal("", await reader.ReadLineAsync());
            next.Release();
        }

        Assert.Null(await reader.ReadLineAsync());
        await Eventually.TrueAsync(() => plane.Metric("gateway.response.bytes") == 27);
    }

    [Fact]
    public async Task A_gRPC_call_keeps_its_trailers_in_both_directions()
    {
        await using var upstream = await RunningUpstream.StartAsync(
            static async http =>
            {
                http.Response.ContentType = "application/grpc";
                await http.Request.Body.CopyToAsync(http.Response.Body);
                http.Response.AppendTrailer("grpc-status", "0");
                http.Response.AppendTrailer("grpc-message", http.Request.Protocol);
            },
            HttpProtocols.Http2);
        await using var plane = await StartAsync(others: new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)) { Http2 = true });
        await plane.ApplyAsync(To(upstream.Url, service => service with { Protocol = "grpc" }, route => route with { Protocols = ["grpc"] }).Snapshot());
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(plane.Others[0], "/x/pets.Pets/List")) { Content = new ByteArrayContent([0, 0, 0, 0, 1, 7]) };
        call.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        call.Version = HttpVersion.Version20;
        call.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        call.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));

        using var response = await client.SendAsync(call);

        Assert.Equal([0, 0, 0, 0, 1, 7], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("HTTP/2", response.TrailingHeaders.GetValues("grpc-message").Single());
    }

    [Fact]
    public async Task A_gRPC_call_without_a_route_fails_as_gRPC_does()
    {
        await using var plane = await StartAsync(others: new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)) { Http2 = true });
        using var client = new HttpClient();
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(plane.Others[0], "/x")) { Content = new ByteArrayContent([]) };
        call.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        call.Version = HttpVersion.Version20;
        call.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await client.SendAsync(call);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("5", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("no%20Route%20matched%20with%20those%20values", response.Headers.GetValues("grpc-message").Single());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_TLS_client_is_served_in_the_version_that_it_negotiates(string version)
    {
        await using var upstream = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync(http.Request.Protocol));
        await using var plane = await StartAsync(others: new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = true });
        await plane.ApplyAsync(To(upstream.Url, route: route => route with { Protocols = ["https"], Snis = ["localhost"] }).Snapshot());
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost:{plane.Others[0].Port}/x"))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(Version.Parse(version), response.Version);
        Assert.Equal("HTTP/1.1", await response.Content.ReadAsStringAsync());
        Assert.Equal("https", upstream.LastHeaders["X-Forwarded-Proto"]);
    }

    private static ConfigurationBuilder To(Uri url, Func<Service, Service>? with = null, Func<Route, Route>? route = null)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", url, with);
        configuration.Route("x", service, entity => (route ?? (static same => same))(entity with { Paths = ["/x"] }));
        return configuration;
    }

    private Task<RunningDataPlane> StartAsync(Action<DataPlaneOptions>? options = null, params IReadOnlyList<ProxyListener> others) => RunningDataPlane.StartAsync(
        all =>
        {
            all.Choose(way);
            options?.Invoke(all);
        },
        services: null,
        others);
}
