using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Entities;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Tests.MtlsAuth;

/// <summary>A data plane that listens with TLS, before an upstream; the routes <c>/x</c>.</summary>
public sealed class MtlsHarness : IAsyncDisposable
{
    private readonly List<HttpClient> _clients = [];

    private MtlsHarness(RunningUpstream upstream, RunningDataPlane plane, ManualTime time)
    {
        Upstream = upstream;
        Plane = plane;
        Time = time;
        Service = Configuration.Service("x", upstream.Url);
        Ann = Configuration.Consumer("ann", consumer => consumer with { CustomId = "ann@example.com" });
    }

    public ConfigurationBuilder Configuration { get; } = new();

    public RunningUpstream Upstream { get; }

    public RunningDataPlane Plane { get; }

    public ManualTime Time { get; }

    public Guid Service { get; }

    public Guid Ann { get; }

    public static async Task<MtlsHarness> StartAsync()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 17, 10, 20, 30, TimeSpan.Zero));
        var upstream = await RunningUpstream.StartAsync();
        var plane = await RunningDataPlane.StartAsync(
            services: services => services.AddPlugins().AddSingleton<TimeProvider>(time), others: new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = true });
        return new MtlsHarness(upstream, plane, time);
    }

    /// <summary>With the plugin on the service and one route, applied. Revocation is not looked at unless the config says so.</summary>
    public static async Task<MtlsHarness> StartAsync(JsonObject? config, params IEnumerable<TestAuthority> authorities)
    {
        var harness = await StartAsync();
        harness.Configuration.Route("x", harness.Service, route => route with { Paths = ["/x"] });
        harness.Configuration.Plugin("mtls-auth", harness.Config(config, authorities), service: harness.Service);
        await harness.ApplyAsync();
        return harness;
    }

    public JsonObject Config(JsonObject? config, params IEnumerable<TestAuthority> authorities)
    {
        config ??= [];
        config.TryAdd("revocation_check_mode", "SKIP");
        config["ca_certificates"] = new JsonArray([.. authorities.Select(authority => (JsonNode)Authority(authority).ToString())]);
        return config;
    }

    public Guid Authority(TestAuthority authority, Guid? id = null) => Put(Configuration, authority, id);

    public static Guid Put(ConfigurationBuilder builder, TestAuthority authority, Guid? id = null) =>
        builder.Put(EntityKinds.CaCertificates, new CaCertificate { Id = id ?? Guid.NewGuid(), Cert = authority.Pem }, ModelJson.Default.CaCertificate);

    public Guid Credential(Guid consumer, string name, Guid? authority = null) => Configuration.Put(
        EntityKinds.MtlsAuthCredentials,
        new MtlsAuthCredential { Id = Guid.NewGuid(), SubjectName = name, Consumer = new EntityReference(consumer), CaCertificate = authority is { } id ? new EntityReference(id) : null },
        ModelJson.Default.MtlsAuthCredential);

    public Task ApplyAsync(long revision = 1) => Plane.ApplyAsync(Configuration.Snapshot(revision));

    /// <summary>A client with a connection of its own.</summary>
    /// <param name="certificate">What it presents if it is asked.</param>
    /// <param name="serverName">What it indicates in the handshake.</param>
    public HttpClient Client(X509Certificate2? certificate = null, string serverName = "gateway.test", bool http2 = false, params X509Certificate2[] intermediates)
    {
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            ApplicationProtocols = http2 ? [SslApplicationProtocol.Http2] : null,
#pragma warning disable CA5359 // The gateway's own certificate, which it made for itself.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, [.. intermediates], offline: true),
        };

        // The handler would indicate the Host header of the first request.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Plane.Others[0].Port, cancel);
                var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
                await stream.AuthenticateAsClientAsync(tls, cancel);
                return stream;
            },
        };
        var client = new HttpClient(handler)
        {
            // With http one connection carries requests for all hosts; over HTTP/2 the scheme must be the connection's.
            BaseAddress = new Uri(http2 ? "https://gateway.test" : "http://gateway.test"),
            DefaultRequestVersion = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _clients.Add(client);
        return client;
    }

    /// <summary>Over a new connection.</summary>
    public Task<(int Status, string? Message)> AskAsync(X509Certificate2? certificate = null, params X509Certificate2[] intermediates) =>
        AskAsync(Client(certificate, intermediates: intermediates));

    public static async Task<(int Status, string? Message)> AskAsync(HttpClient client, string host = "gateway.test", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/x", UriKind.Relative)) { Headers = { Host = host } };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : (string?)JsonNode.Parse(body)?["message"]);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Plane.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
