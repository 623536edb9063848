using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Tests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Publication;

/// <summary>What a peer may do to the tunnels' port, with a certificate and without: it is refused and counted, and a data plane beside it notices nothing.</summary>
public sealed class IntruderTests : IAsyncLifetime
{
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;
    private int _revision;

    public IntruderTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Sites.Set("cloud");
        _controlPlane.Log.Write(Change.Put(++_revision));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_frame_larger_than_allowed_ends_its_connection_alone()
    {
        await using var dataPlane = await NeighbourAsync();

        // DATA of 1 MiB, where 16 KiB are allowed (RFC 9113, 4.2).
        await SendAsync([.. Preface, 0x10, 0, 0, 0, 0, 0, 0, 0, 1]);

        await _controlPlane.Counted("frames");
        await NothingHappenedToAsync(dataPlane);
    }

    [Fact]
    public async Task Garbage_after_the_handshake_ends_its_connection_alone()
    {
        await using var dataPlane = await NeighbourAsync();
        var garbage = new byte[4096];
        Array.Fill(garbage, (byte)0xA5);

        await SendAsync([.. Preface, .. garbage]);

        await _controlPlane.Counted("frames");
        await NothingHappenedToAsync(dataPlane);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(512 * 1024)]
    public async Task A_message_that_is_garbage_or_larger_than_allowed_ends_its_call_alone(int length)
    {
        await using var dataPlane = await NeighbourAsync();
        var paths = _certificates.Site("cloud");
        using var leaf = X509Certificate2.CreateFromPemFile(paths.Certificate, paths.Key);
        using var channel = GrpcChannel.ForAddress($"https://127.0.0.1:{_controlPlane.Address.Port}", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler { SslOptions = Options(leaf) },
        });
        var bytes = Marshallers.Create(static (byte[] message) => message, static message => message);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "gateway.cluster.v1.Cluster", "Connect", bytes, bytes);
        var garbage = new byte[length];
        Array.Fill(garbage, (byte)0xFF);

        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: Token));
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            // It may be refused before all of it was sent.
            await call.RequestStream.WriteAsync(garbage, Token);
            await call.ResponseStream.MoveNext(Token);
        });

        await _controlPlane.Counted("protocol");
        await NothingHappenedToAsync(dataPlane);
    }

    [Fact]
    public async Task A_site_that_says_it_is_another_gets_its_own_view()
    {
        await using var controlPlane = new TestControlPlane(_certificates);
        controlPlane.Sites.Set("on-prem", true, ("site", "on-prem"));
        controlPlane.Sites.Set("cloud", true, ("site", "cloud"));
        controlPlane.Log.Write(Some.Put(Some.Service(1), [], "sites:site=on-prem"), Some.Put(Some.Service(2), [], "sites:site=cloud"));
        await controlPlane.StartAsync();

        // Everything that an instance can say about itself says the other.
        await using var liar = await TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site("cloud"), controlPlane.Address) with
        {
            Hostname = "on-prem",
            Labels = new Dictionary<string, string> { ["site"] = "on-prem" },
        });
        await liar.Applied(1);

        Assert.Equal(Some.Service(2), Assert.Single(Assert.Single(liar.Target.Updates).Changes).Key);
        Assert.Equal("cloud", Assert.Single(controlPlane.Instances.Reports.Select(report => report.Site).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_revoked_certificates_stream_ends_at_once_and_does_not_come_back_and_its_sites_others_stay()
    {
        await using var dataPlane = await NeighbourAsync();
        var stolen = _certificates.Site("on-prem", TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddHours(1));
        await using var thief = await TestDataPlane.StartAsync(TestDataPlane.Options(stolen, _controlPlane.Address));
        await thief.Applied(_revision);

        _controlPlane.Sites.Revoke(thief.Certificates.Current.Leaf.SerialNumber.ToLowerInvariant());

        await Eventually.TrueAsync(() => thief.Status.LastError?.Contains("is revoked", StringComparison.Ordinal) == true);
        await _controlPlane.Counted("revoked_certificate");
        var before = thief.Status.Revision;
        await NothingHappenedToAsync(dataPlane);
        Assert.Equal(before, thief.Status.Revision);
    }

    [Fact]
    public async Task A_flood_of_connections_that_say_nothing_is_bounded_and_those_that_are_there_go_on()
    {
        await using var dataPlane = await NeighbourAsync();
        var clients = new List<TcpClient>();
        try
        {
            // More than one address may have in the handshake and waiting for it.
            while (_controlPlane.Refusals("handshake_limit") == 0)
            {
                Assert.InRange(clients.Count, 0, 3000);
                await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ConnectAsync(clients)));
            }

            await NothingHappenedToAsync(dataPlane);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        // When the flood is over, its places are free again.
        await using var late = await TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site("cloud"), _controlPlane.Address));
        await late.Applied(_revision);
    }

    private async Task<TestDataPlane> NeighbourAsync()
    {
        var dataPlane = await TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address));
        await dataPlane.Applied(_revision);
        return dataPlane;
    }

    private async Task NothingHappenedToAsync(TestDataPlane dataPlane)
    {
        var instance = dataPlane.Instance.Id;
        _controlPlane.Log.Write(Change.Put(++_revision));
        await dataPlane.Applied(_revision);
        Assert.DoesNotContain(_controlPlane.Instances.Reports, report => report.Id == instance && !report.Connected);
    }

    private async Task ConnectAsync(List<TcpClient> clients)
    {
        var client = new TcpClient();
        lock (clients)
        {
            clients.Add(client);
        }

        await client.ConnectAsync("127.0.0.1", _controlPlane.Address.Port, Token);
    }

    /// <summary>From a site that may join: the handshake is not what stops it.</summary>
    private async Task SendAsync(byte[] bytes)
    {
        var paths = _certificates.Site("cloud");
        using var leaf = X509Certificate2.CreateFromPemFile(paths.Certificate, paths.Key);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _controlPlane.Address.Port, Token);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Options(leaf), Token);
        await tls.WriteAsync(bytes, Token);

        // Until the server ends it.
        var buffer = new byte[1024];
        while (await tls.ReadAsync(buffer, Token) > 0)
        {
        }
    }

    private static SslClientAuthenticationOptions Options(X509Certificate2 leaf) => new()
    {
        TargetHost = "localhost",
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        ClientCertificateContext = SslStreamCertificateContext.Create(leaf, null, offline: true),

        // The server decides here.
#pragma warning disable CA5359
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
    };
}
