using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>TLS on both sides of a data plane, over sockets.</summary>
public sealed class CertificateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_name_is_answered_with_its_certificate()
    {
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        builder.Certificate(TestPem.Leaf("exact"), names: ["a.example.com"]);
        builder.Certificate(TestPem.Leaf("first label"), names: ["*.example.com"]);
        builder.Certificate(TestPem.Leaf("last label"), names: ["a.example.*", "example.*"]);
        builder.Certificate(TestPem.Leaf("all others"), names: ["*"]);
        await gateway.ApplyAsync(builder.Snapshot());

        Assert.Equal("CN=exact", await SubjectAsync(gateway, "a.example.com"));
        Assert.Equal("CN=exact", await SubjectAsync(gateway, "A.Example.COM"));
        Assert.Equal("CN=first label", await SubjectAsync(gateway, "b.example.com"));
        Assert.Equal("CN=last label", await SubjectAsync(gateway, "a.example.org"));
        Assert.Equal("CN=last label", await SubjectAsync(gateway, "example.net"));
        Assert.Equal("CN=all others", await SubjectAsync(gateway, "a.b.example.com"));
        Assert.Equal("CN=all others", await SubjectAsync(gateway, ""));
    }

    [Fact]
    public async Task Without_a_certificate_for_the_name_the_gateways_own_is_presented()
    {
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        builder.Certificate(TestPem.Leaf("exact"), names: ["a.example.com"]);
        await gateway.ApplyAsync(builder.Snapshot());

        Assert.Equal("CN=localhost", await SubjectAsync(gateway, "b.example.com"));
    }

    [Fact]
    public async Task A_renewed_certificate_is_for_new_connections_and_those_that_are_open_go_on()
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        builder.Route("r", builder.Service("s", upstream.Url), route => route with { Paths = ["/"] });
        var certificate = builder.Certificate(TestPem.Leaf("old"), names: ["a.example.com"]);
        await gateway.ApplyAsync(builder.Snapshot(1));
        await using var open = await ConnectAsync(gateway, "a.example.com");
        Assert.Equal("HTTP/1.1 200 OK", await AskAsync(open));

        var renewal = new ConfigurationBuilder();
        renewal.Certificate(TestPem.Leaf("new"), certificate);
        await gateway.ApplyAsync(renewal.Delta(2));

        Assert.Equal("CN=new", await SubjectAsync(gateway, "a.example.com"));
        Assert.Equal("CN=old", open.RemoteCertificate!.Subject);
        Assert.Equal("HTTP/1.1 200 OK", await AskAsync(open));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_refused_and_the_last_one_stays()
    {
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        var certificate = builder.Certificate(TestPem.Leaf("good"), names: ["a.example.com"]);
        await gateway.ApplyAsync(builder.Snapshot(1));

        var broken = new ConfigurationBuilder();
        broken.Certificate(TestPem.Leaf("bad") with { Key = TestPem.Leaf("other").Key }, certificate);
        var result = await gateway.TryApplyAsync(broken.Delta(2));

        Assert.Equal($"certificates[{certificate}].cert", Assert.Single(result.Errors).Field);
        Assert.Equal("CN=good", await SubjectAsync(gateway, "a.example.com"));
    }

    [Fact]
    public async Task A_route_may_ask_for_a_server_name()
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        builder.Route("r", builder.Service("s", upstream.Url), route => route with { Protocols = ["https"], Snis = ["a.example.com"] });
        await gateway.ApplyAsync(builder.Snapshot());
        await using var named = await ConnectAsync(gateway, "a.example.com");
        await using var other = await ConnectAsync(gateway, "b.example.com");

        Assert.Equal("HTTP/1.1 200 OK", await AskAsync(named));
        Assert.Equal("HTTP/1.1 404 Not Found", await AskAsync(other));
    }

    [Fact]
    public async Task An_upstream_sees_the_services_certificate_and_is_verified_by_its_authorities()
    {
        var (authority, client) = (TestPem.Authority("upstreams"), TestPem.Leaf("the gateway"));
        await using var upstream = await StartUpstreamAsync(TestPem.Leaf("localhost", authority));
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        var presented = builder.Certificate(client);
        var trusted = builder.Authority(authority);
        var other = builder.Authority(TestPem.Authority("others"));
        Add(builder, "known", upstream, trusted, presented);
        Add(builder, "stranger", upstream, other, presented);
        Add(builder, "silent", upstream, trusted, presented: null);
        await gateway.ApplyAsync(builder.Snapshot());

        using var known = await gateway.Client.GetAsync("/known", Token);
        using var stranger = await gateway.Client.GetAsync("/stranger", Token);
        using var silent = await gateway.Client.GetAsync("/silent", Token);

        Assert.Equal((HttpStatusCode.OK, "CN=the gateway"), (known.StatusCode, await known.Content.ReadAsStringAsync(Token)));
        Assert.Equal(HttpStatusCode.BadGateway, stranger.StatusCode);
        Assert.Equal((HttpStatusCode.OK, "nobody"), (silent.StatusCode, await silent.Content.ReadAsStringAsync(Token)));
    }

    [Fact]
    public async Task A_renewed_client_certificate_is_presented_from_then_on()
    {
        var authority = TestPem.Authority("upstreams");
        await using var upstream = await StartUpstreamAsync(TestPem.Leaf("localhost", authority));
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        var presented = builder.Certificate(TestPem.Leaf("old"));
        Add(builder, "known", upstream, builder.Authority(authority), presented);
        await gateway.ApplyAsync(builder.Snapshot(1));
        Assert.Equal("CN=old", await gateway.Client.GetStringAsync("/known", Token));

        var renewal = new ConfigurationBuilder();
        renewal.Certificate(TestPem.Leaf("new"), presented);
        await gateway.ApplyAsync(renewal.Delta(2));

        Assert.Equal("CN=new", await gateway.Client.GetStringAsync("/known", Token));
    }

    [Fact]
    public async Task An_upstreams_certificate_is_presented_where_the_service_has_none()
    {
        await using var upstream = await StartUpstreamAsync(TestPem.Leaf("localhost"));
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        var presented = builder.Certificate(TestPem.Leaf("the upstream's"));
        var balanced = builder.Upstream("balanced", entity => entity with { ClientCertificate = new(presented) });
        builder.Target(balanced, $"127.0.0.1:{upstream.Url.Port}");
        builder.Route("r", builder.Service("s", new Uri("https://balanced"), service => service with { TlsVerify = false }), route => route with { Paths = ["/"] });
        await gateway.ApplyAsync(builder.Snapshot());

        Assert.Equal("CN=the upstream's", await gateway.Client.GetStringAsync("/", Token));
    }

    [Fact]
    public async Task A_health_check_presents_the_upstreams_certificate_and_a_renewed_one_from_then_on()
    {
        await using var gateway = await StartAsync();
        var seen = new ConcurrentQueue<string?>();
        await using var upstream = await RunningUpstream.StartAsync(
            async http => seen.Enqueue((await http.Connection.GetClientCertificateAsync(Token))?.Subject),
            with: static listen => listen.UseHttps(static https =>
            {
                var server = TestPem.Leaf("localhost");
                https.ServerCertificate = X509Certificate2.CreateFromPem(server.Certificate, server.Key);
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            }));
        var builder = new ConfigurationBuilder();
        var presented = builder.Certificate(TestPem.Leaf("first"));
        var active = new ActiveHealthcheck { Type = "https", HttpsVerifyCertificate = false, Healthy = new() { Interval = 0.1, Successes = 1 }, Unhealthy = new() { Interval = 0.1, TcpFailures = 1 } };
        var balanced = builder.Upstream("balanced", entity => entity with { ClientCertificate = new(presented), Healthchecks = new() { Active = active } });
        builder.Target(balanced, $"127.0.0.1:{upstream.Url.Port}");
        builder.Route("r", builder.Service("s", new Uri("https://balanced")), route => route with { Paths = ["/"] });
        await gateway.ApplyAsync(builder.Snapshot());
        await Eventually.TrueAsync(() => seen.Contains("CN=first"));

        var renewal = new ConfigurationBuilder();
        renewal.Certificate(TestPem.Leaf("second"), presented);
        await gateway.ApplyAsync(renewal.Delta(2));

        await Eventually.TrueAsync(() => seen.Contains("CN=second"));
    }

    [Theory]
    [InlineData(0, HttpStatusCode.BadGateway)]
    [InlineData(1, HttpStatusCode.OK)]
    public async Task No_more_certificates_than_the_depth_may_stand_in_between(int depth, HttpStatusCode expected)
    {
        var authority = TestPem.Authority("root");
        var intermediate = TestPem.Authority("intermediate", authority);
        await using var upstream = await StartUpstreamAsync(TestPem.Leaf("localhost", intermediate), intermediate);
        await using var gateway = await StartAsync();
        var builder = new ConfigurationBuilder();
        Add(builder, "deep", upstream, builder.Authority(authority), presented: null, depth);
        await gateway.ApplyAsync(builder.Snapshot());

        using var answer = await gateway.Client.GetAsync("/deep", Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static Task<RunningDataPlane> StartAsync() =>
        RunningDataPlane.StartAsync(others: new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = true });

    private static Task<RunningUpstream> StartUpstreamAsync(TestPem server, TestPem? issuer = null) => RunningUpstream.StartAsync(
        async http =>
        {
            var certificate = await http.Connection.GetClientCertificateAsync(Token);
            await http.Response.WriteAsync(certificate?.Subject ?? "nobody", Token);
        },
        with: listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPem(server.Certificate, server.Key);
            https.ServerCertificateChain = issuer is null ? null : [X509Certificate2.CreateFromPem(issuer.Certificate)];
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }));

    private static void Add(ConfigurationBuilder builder, string name, RunningUpstream upstream, Guid authority, Guid? presented, int? depth = null)
    {
        var service = builder.Service(name, new Uri($"https://localhost:{upstream.Url.Port}/"), service => service with
        {
            TlsVerify = true,
            TlsVerifyDepth = depth,
            CaCertificates = [authority],
            ClientCertificate = presented is { } id ? new Gateway.Model.Entities.EntityReference(id) : null,
            Retries = 0,
        });
        builder.Route(name, service, route => route with { Paths = ["/" + name] });
    }

    private static async Task<string> SubjectAsync(RunningDataPlane gateway, string serverName)
    {
        await using var connection = await ConnectAsync(gateway, serverName);
        return connection.RemoteCertificate!.Subject;
    }

    private static async Task<SslStream> ConnectAsync(RunningDataPlane gateway, string serverName)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Others[0].Port, Token);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                ApplicationProtocols = [SslApplicationProtocol.Http11],
                // What is presented is what the test looks at.
#pragma warning disable CA5359
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            Token);
        return stream;
    }

    // HEAD: the answer ends with its headers.
    private static async Task<string> AskAsync(SslStream connection)
    {
        await connection.WriteAsync(Encoding.ASCII.GetBytes("HEAD / HTTP/1.1\r\nHost: a.example.com\r\n\r\n"), Token);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await connection.ReadAsync(buffer, Token);
            Assert.NotEqual(0, length);
            answer.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        return answer.ToString().Split("\r\n")[0];
    }
}
