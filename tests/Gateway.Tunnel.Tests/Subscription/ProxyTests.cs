using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Subscription;

/// <summary>The way to the control plane through an HTTP proxy. Its name leads nowhere but there.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Host = "control-plane.invalid";

    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public ProxyTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Options = _controlPlane.Options with { AuthorityKey = _certificates.AuthorityKeyPath };
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Change.Many(500));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Both_tunnels_go_through_the_proxy_and_it_resolves_the_name()
    {
        await using var proxy = new ConnectProxy();
        var metrics = new FakeMetricSource();
        metrics.Count(7);

        await using var dataPlane = await TestDataPlane.StartAsync(
            Options(proxy) with { TelemetryEndpoints = [proxy.Name(Host, _controlPlane.TelemetryAddress)] }, metrics: metrics);

        await dataPlane.Applied(1);
        await Eventually.TrueAsync(() => !_controlPlane.Telemetry.Points.IsEmpty, text: "telemetry");
        Assert.Equal(
            [$"{Host}:{_controlPlane.Address.Port}", $"{Host}:{_controlPlane.TelemetryAddress.Port}"],
            proxy.Asked.Distinct(StringComparer.Ordinal).OrderBy(asked => asked != $"{Host}:{_controlPlane.Address.Port}"));
    }

    [Fact]
    public async Task Enrolment_goes_through_the_proxy()
    {
        await using var proxy = new ConnectProxy();
        var paths = _certificates.NewFolder();
        var address = proxy.Name(Host, _controlPlane.EnrollmentAddress);

        await new EnrollmentClient(
            new EnrollmentClientOptions
            {
                Token = _controlPlane.Ledger.NewToken("on-prem", $"{address.Host}:{address.Port}", _certificates.Authority),
                Certificates = paths,
                TrustDomain = TestCertificates.TrustDomain,
                ServerName = "localhost",
                Proxy = proxy.Client,
            },
            TimeProvider.System).EnrollAsync(Token);

        Assert.True(File.Exists(paths.Certificate));
        Assert.NotEmpty(proxy.Asked);
    }

    [Fact]
    public async Task A_proxy_that_asks_gets_the_user_and_the_password()
    {
        await using var proxy = new ConnectProxy { Credentials = "branch:pass:wörd" };

        await using var dataPlane = await TestDataPlane.StartAsync(Options(proxy) with { Proxy = proxy.Client with { User = "branch", Password = "pass:wörd" } });

        await dataPlane.Applied(1);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        await using var proxy = new ConnectProxy { Credentials = "branch:right" };
        var client = proxy.Client with { User = "branch", Password = "wrong-secret" };

        var problem = await ProblemAsync(Options(proxy) with { Proxy = client });

        Assert.Equal($"Unavailable: the proxy {client} refuses the user or the password (407)", problem);
        Assert.DoesNotContain("wrong-secret", $"{problem}{client}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_user_a_proxy_that_asks_is_named()
    {
        await using var proxy = new ConnectProxy { Credentials = "branch:right" };

        Assert.Equal($"Unavailable: the proxy {proxy.Client} asks for a user and a password (407)", await ProblemAsync(Options(proxy)));
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nawayX", "cannot reach control-plane.invalid:PORT (502)")]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", "does not let us out to control-plane.invalid:PORT (403)")]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: http://elsewhere\r\n\r\n", "answers CONNECT control-plane.invalid:PORT with 301")]
    [InlineData("", "closed the connection in place of an answer to CONNECT")]
    [InlineData("HTTP/1.1 200 OK\r\nVia: half", "closed the connection in place of an answer to CONNECT")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n", "answers CONNECT with something that is not HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello", "sent more than its answer to CONNECT")]
    public async Task What_a_proxy_does_in_place_of_its_part_is_said(string answer, string problem)
    {
        await using var proxy = new ConnectProxy { Answer = answer };

        Assert.Equal(
            $"Unavailable: the proxy {proxy.Client} {problem.Replace("PORT", $"{_controlPlane.Address.Port}", StringComparison.Ordinal)}",
            await ProblemAsync(Options(proxy)));
    }

    [Fact]
    public async Task An_endless_header_is_not_read_to_its_end()
    {
        await using var proxy = new ConnectProxy { Answer = $"HTTP/1.1 200 OK\r\nX: {new string('x', 100_000)}" };

        Assert.Equal($"Unavailable: the proxy {proxy.Client} answers CONNECT with more than 16384 bytes of header", await ProblemAsync(Options(proxy)));
    }

    [Fact]
    public async Task A_proxy_that_hangs_is_given_up()
    {
        await using var proxy = new ConnectProxy { Hangs = true };

        Assert.Equal(
            $"Unavailable: the proxy {proxy.Client} gave no answer within 0.2 s",
            await ProblemAsync(Options(proxy) with { ConnectTimeout = TimeSpan.FromMilliseconds(200) }));
    }

    [Fact]
    public async Task An_interim_answer_is_passed_over()
    {
        Assert.Equal(204, await StatusAsync("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 204 Fine\r\n\r\n"));
        Assert.Equal(200, await StatusAsync("HTTP/1.0 200\r\n\r\n"));
    }

    [Fact]
    public async Task Of_several_control_planes_the_one_that_the_proxy_reaches_is_taken()
    {
        await using var proxy = new ConnectProxy();
        var away = new DnsEndPoint("away.invalid", 8005);

        await using var dataPlane = await TestDataPlane.StartAsync(Options(proxy) with
        {
            ControlPlanes = [away, new DnsEndPoint("gone.invalid", 8005), proxy.Name(Host, _controlPlane.Address)],
        });

        await dataPlane.Applied(1);
    }

    [Fact]
    public async Task After_the_proxy_worked_again_the_tunnel_comes_back()
    {
        await using var proxy = new ConnectProxy { Answer = "HTTP/1.1 503 Service Unavailable\r\n\r\n" };
        await using var dataPlane = await TestDataPlane.StartAsync(Options(proxy));
        await Eventually.TrueAsync(() => dataPlane.Status.LastError is not null, text: "refused");

        proxy.Answer = null;

        await dataPlane.Applied(1);
    }

    [Fact]
    public async Task A_proxy_with_tls_must_show_a_certificate_of_a_known_root()
    {
        using var own = TlsCertificate();
        await using var proxy = new ConnectProxy(own);

        var problem = await ProblemAsync(Options(proxy));

        Assert.StartsWith($"Unavailable: the proxy {proxy.Client}: no TLS: The remote certificate is invalid", problem, StringComparison.Ordinal);
        Assert.Empty(proxy.Asked);
    }

    [Fact]
    public async Task Where_it_is_not_verified_the_tunnels_tls_goes_within_the_proxys()
    {
        using var own = TlsCertificate();
        await using var proxy = new ConnectProxy(own);

        await using var dataPlane = await TestDataPlane.StartAsync(Options(proxy) with { Proxy = proxy.Client with { VerifyCertificate = false } });

        await dataPlane.Applied(1);
    }

    private TunnelClientOptions Options(ConnectProxy proxy) =>
        TestDataPlane.Options(_certificates.Site("on-prem"), proxy.Name(Host, _controlPlane.Address)) with { ServerName = "localhost", Proxy = proxy.Client };

    private static async Task<string?> ProblemAsync(TunnelClientOptions options)
    {
        await using var dataPlane = await TestDataPlane.StartAsync(options);
        await Eventually.TrueAsync(() => dataPlane.Status.LastError is not null, text: "a problem");
        return dataPlane.Status.LastError;
    }

    private static async Task<int> StatusAsync(string answer)
    {
        using var stream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(answer));
        return await Hosting.ProxyAnswer.ReadStatusAsync(stream, Token);
    }

    private X509Certificate2 TlsCertificate()
    {
        var paths = _certificates.ControlPlane;
        return X509Certificate2.CreateFromPemFile(paths.Certificate, paths.Key);
    }
}
