using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Tests.Support;

namespace Gateway.Tunnel.Tests.Publication;

/// <summary>Who gets in on the tunnels' ports, with clients that send whatever they like.</summary>
public sealed class HandshakeTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public HandshakeTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Options = _controlPlane.Options with { RenewalGrace = TimeSpan.FromSeconds(30) };
        _controlPlane.Sites.Set("on-prem");
    }

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_site_with_its_certificate_gets_in()
    {
        using var leaf = Leaf(request => request);
        Assert.True(await IsServedAsync(leaf));
        Assert.All(Hosting.RefusalReasons.All.Except([Hosting.RefusalReasons.Protocol], StringComparer.Ordinal), reason => Assert.Equal(0, _controlPlane.Refusals(reason)));
    }

    [Fact]
    public async Task No_certificate_is_refused()
    {
        Assert.False(await IsServedAsync(null));
        await _controlPlane.Counted("no_certificate");
    }

    [Fact]
    public async Task Another_authority_is_refused()
    {
        using var foreign = TestCertificates.NewAuthority();
        using var leaf = Leaf(request => request, foreign);
        await AssertRefusedAsync(leaf, "untrusted_chain");
    }

    [Fact]
    public async Task A_self_signed_certificate_is_refused()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new CertificateRequest("CN=on-prem", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var leaf = request.CreateSelfSigned(Now.AddMinutes(-1), Now.AddHours(1));
        await AssertRefusedAsync(leaf, "untrusted_chain");
    }

    [Fact]
    public Task An_expired_certificate_is_refused() => AssertRefusedAsync(
        request => request with { NotBefore = Now.AddMinutes(-4), NotAfter = Now.AddMinutes(-1) }, "expired");

    [Fact]
    public Task A_certificate_that_is_not_valid_yet_is_refused() => AssertRefusedAsync(
        request => request with { NotBefore = Now.AddHours(1), NotAfter = Now.AddHours(2) }, "not_yet_valid");

    [Fact]
    public Task A_servers_certificate_is_refused_from_a_client() => AssertRefusedAsync(
        request => request with { ClientAuthentication = false, ServerAuthentication = true }, "wrong_key_usage");

    [Fact]
    public Task A_certificate_without_extended_key_usage_is_refused() => AssertRefusedAsync(
        request => request with { ClientAuthentication = false }, "wrong_key_usage");

    [Fact]
    public Task Two_uri_names_are_refused() => AssertRefusedAsync(
        request => request with { Uris = ["spiffe://test.example/data-plane/on-prem", "spiffe://test.example/data-plane/cloud"] }, "several_uri_names");

    [Fact]
    public Task A_certificate_without_uri_name_is_refused() => AssertRefusedAsync(
        request => request with { Uris = [], Hosts = ["on-prem"] }, "no_uri_name");

    [Fact]
    public Task A_foreign_trust_domain_is_refused() => AssertRefusedAsync(
        request => request with { Uris = ["spiffe://other.example/data-plane/on-prem"] }, "foreign_trust_domain");

    [Fact]
    public Task A_path_that_is_not_ours_is_refused() => AssertRefusedAsync(
        request => request with { Uris = ["spiffe://test.example/data-plane/on-prem/pod"] }, "malformed_uri_name");

    [Fact]
    public Task A_control_planes_name_is_refused_from_a_client() => AssertRefusedAsync(
        request => request with { Uris = ["spiffe://test.example/control-plane"] }, "wrong_role");

    [Fact]
    public async Task Tls_1_2_is_refused()
    {
        using var leaf = Leaf(request => request);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _controlPlane.Address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        var options = ClientOptions(leaf);

        // The point of the test.
#pragma warning disable CA5398
        options.EnabledSslProtocols = SslProtocols.Tls12;
#pragma warning restore CA5398
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken));
        await _controlPlane.Counted("tls_version");
    }

    [Fact]
    public async Task A_key_that_would_make_us_compute_is_refused()
    {
        using var key = System.Security.Cryptography.RSA.Create(4608);
        using var authority = AuthorityKey.Load(_certificates.AuthorityKeyPath, [X509CertificateLoader.LoadCertificateFromFile(_certificates.ControlPlane.Authorities)]);
        using var signed = LeafCertificate.Sign(authority, new PublicKey(key), Request());
        using var leaf = signed.CopyWithPrivateKey(key);
        await AssertRefusedAsync(leaf, "key_not_allowed");
    }

    [Fact]
    public async Task What_is_no_TLS_is_refused_and_costs_others_nothing()
    {
        using var leaf = Leaf(request => request);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _controlPlane.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await _controlPlane.Counted("handshake_failed");
        Assert.True(await IsServedAsync(leaf));
    }

    [Theory]
    [InlineData("/other")]
    [InlineData("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    [InlineData("/gateway.cluster.v1.ClusterX/Connect")]
    public async Task Nothing_but_its_service_can_be_reached_on_the_tunnels_port(string path)
    {
        using var leaf = Leaf(request => request);
        using var client = Client(leaf);
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task AssertRefusedAsync(Func<LeafRequest, LeafRequest> change, string reason)
    {
        using var leaf = Leaf(change);
        await AssertRefusedAsync(leaf, reason);
    }

    private async Task AssertRefusedAsync(X509Certificate2 leaf, string reason)
    {
        Assert.False(await IsServedAsync(leaf));
        await _controlPlane.Counted(reason);
    }

    /// <summary>Whether a request got past the handshake.</summary>
    private async Task<bool> IsServedAsync(X509Certificate2? leaf)
    {
        using var client = Client(leaf);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/gateway.cluster.v1.Cluster/Connect")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        try
        {
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private HttpClient Client(X509Certificate2? leaf) => new(new SocketsHttpHandler { SslOptions = ClientOptions(leaf) })
    {
        BaseAddress = new Uri($"https://127.0.0.1:{_controlPlane.Address.Port}"),
        DefaultRequestVersion = new Version(2, 0),
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static SslClientAuthenticationOptions ClientOptions(X509Certificate2? leaf) => new()
    {
        TargetHost = "localhost",
        ClientCertificateContext = leaf is null ? null : SslStreamCertificateContext.Create(leaf, null, offline: true),

        // The server decides here.
#pragma warning disable CA5359
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
    };

    private X509Certificate2 Leaf(Func<LeafRequest, LeafRequest> change, CertificateAuthority? authority = null)
    {
        var issued = (authority ?? _certificates.Authority).Issue(change(Request()));
        return X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
    }

    private static LeafRequest Request() => new()
    {
        CommonName = "on-prem",
        Uris = ["spiffe://test.example/data-plane/on-prem"],
        ClientAuthentication = true,
        NotBefore = Now.AddMinutes(-1),
        NotAfter = Now.AddHours(1),
    };
}
