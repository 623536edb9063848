using System.Runtime.Versioning;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Gateway.Tunnel.Tests.Enrollment;

/// <summary>The way to the first certificate, over the enrolment listener.</summary>
public sealed class EnrollmentTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public EnrollmentTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Options = _controlPlane.Options with { AuthorityKey = _certificates.AuthorityKeyPath };
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Support.Change.Put(1));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_token_gets_a_certificate_with_which_the_site_joins()
    {
        var paths = _certificates.NewFolder();

        var end = await EnrollAsync(NewToken(), paths);

        Assert.InRange(end - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.Equal(_certificates.Authority.CertificatePem, await File.ReadAllTextAsync(paths.Authorities, Token));
        await using var dataPlane = await TestDataPlane.StartAsync(TestDataPlane.Options(paths, _controlPlane.Address));
        await dataPlane.Applied(1);
        Assert.Equal(dataPlane.Certificates.Current.Leaf.SerialNumber.ToLowerInvariant(), Assert.Single(_controlPlane.Ledger.Signed).SerialNumber);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_private_key_is_its_owners_alone_and_is_never_sent()
    {
        var paths = _certificates.NewFolder();

        await EnrollAsync(NewToken(), paths);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(paths.Key));
        Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(paths.Certificate, Token), StringComparison.Ordinal);
        Assert.Equal(["ca.crt", "tls.crt", "tls.crt.lock", "tls.key"], Directory.GetFiles(Path.GetDirectoryName(paths.Key)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_is_good_once()
    {
        var token = NewToken();
        await EnrollAsync(token, _certificates.NewFolder());
        var paths = _certificates.NewFolder();

        var refusal = await Assert.ThrowsAsync<EnrollmentException>(() => EnrollAsync(token, paths));

        Assert.Contains("the token is not good", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(paths.Certificate));
        await _controlPlane.Counted("enrollment_token");
    }

    [Fact]
    public async Task A_guessed_secret_is_refused()
    {
        var token = NewToken();

        await Assert.ThrowsAsync<EnrollmentException>(() => EnrollAsync(token with { Secret = new byte[32] }, _certificates.NewFolder()));

        await _controlPlane.Counted("enrollment_token");
        await EnrollAsync(token, _certificates.NewFolder());
    }

    [Fact]
    public async Task An_impostor_never_sees_the_token()
    {
        using var others = new TestCertificates();
        await using var impostor = new TestControlPlane(others);
        impostor.Options = impostor.Options with { AuthorityKey = others.AuthorityKeyPath };
        await impostor.StartAsync();
        var token = NewToken() with { Endpoints = [$"127.0.0.1:{impostor.EnrollmentAddress.Port}"] };

        var refusal = await Assert.ThrowsAsync<EnrollmentException>(() => EnrollAsync(token, _certificates.NewFolder()));

        Assert.Contains("none of its authorities is one that the token names", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, impostor.Ledger.Redemptions);
    }

    [Fact]
    public async Task A_server_that_shows_our_authorities_but_has_no_certificate_of_theirs_never_sees_the_token()
    {
        // Authorities are public: anybody can show them.
        using var others = new TestCertificates();
        var both = others.Folder.PathOf("both.crt");
        await File.WriteAllTextAsync(both, others.Authority.CertificatePem + _certificates.Authority.CertificatePem, Token);
        await using var impostor = new TestControlPlane(others);
        impostor.Options = impostor.Options with { Certificates = others.ControlPlane with { Authorities = both } };
        await impostor.StartAsync();
        var token = NewToken() with { Endpoints = [$"127.0.0.1:{impostor.EnrollmentAddress.Port}"] };

        var refusal = await Assert.ThrowsAsync<EnrollmentException>(() => EnrollAsync(token, _certificates.NewFolder()));

        Assert.Contains("the server's certificate is refused: it does not chain to an authority in our bundle", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, impostor.Ledger.Redemptions);
    }

    [Fact]
    public async Task A_data_plane_of_the_same_authority_cannot_stand_in_for_the_control_plane()
    {
        // Its certificate is no server's, and holds no host's name.
        var refusal = await Assert.ThrowsAsync<EnrollmentException>(() => new EnrollmentClient(
            new EnrollmentClientOptions
            {
                Token = NewToken(),
                Certificates = _certificates.NewFolder(),
                TrustDomain = TestCertificates.TrustDomain,
                ServerName = "elsewhere.example",
            },
            TimeProvider.System).EnrollAsync(Token));

        Assert.Contains("it is not for elsewhere.example", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, _controlPlane.Ledger.Redemptions);
    }

    [Fact]
    public async Task A_request_that_cannot_be_signed_leaves_the_token_unused()
    {
        var token = NewToken();
        using var channel = AnonymousChannel(_controlPlane.EnrollmentAddress.Port);
        var client = new Protocol.Enrollment.EnrollmentClient(channel);

        foreach (var request in new[] { ByteString.Empty, ByteString.CopyFrom(new byte[300]), ByteString.CopyFrom(new byte[10_000]) })
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => client.EnrollAsync(new EnrollRequest
            {
                TokenId = ChangeSetCodec.ToBytes(token.Id),
                TokenSecret = ByteString.CopyFrom(token.Secret),
                SigningRequest = request,
            }).ResponseAsync);
            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        }

        await _controlPlane.Counted("certificate_request");
        await EnrollAsync(token, _certificates.NewFolder());
    }

    [Fact]
    public async Task A_database_that_is_away_hands_out_nothing()
    {
        _controlPlane.Ledger.IsAway = true;
        var token = NewToken();

        var refusal = await Assert.ThrowsAsync<EnrollmentException>(() => EnrollAsync(token, _certificates.NewFolder()));

        Assert.Contains("try again", refusal.Message, StringComparison.Ordinal);
        _controlPlane.Ledger.IsAway = false;
        await EnrollAsync(token, _certificates.NewFolder());
    }

    [Fact]
    public async Task Without_a_key_to_sign_with_enrolment_is_refused_in_one_line()
    {
        await _controlPlane.StopAsync();
        _controlPlane.Options = _controlPlane.Options with { AuthorityKey = null };
        await _controlPlane.StartAsync();

        var refusal = await Assert.ThrowsAsync<EnrollmentException>(() => EnrollAsync(NewToken(), _certificates.NewFolder()));

        Assert.EndsWith("this control plane signs no certificates: it has no GATEWAY_CLUSTER_CA_KEY", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_tunnels_port_nobody_enrols_and_on_the_enrolment_port_there_is_no_tunnel()
    {
        using var tunnel = AnonymousChannel(_controlPlane.Address.Port);
        using var enrollment = AnonymousChannel(_controlPlane.EnrollmentAddress.Port);

        var first = await Assert.ThrowsAsync<RpcException>(() => new Protocol.Enrollment.EnrollmentClient(tunnel).DiscoverAsync(new DiscoverRequest()).ResponseAsync);
        var second = await Assert.ThrowsAsync<RpcException>(() => new Cluster.ClusterClient(enrollment).RenewAsync(new RenewRequest()).ResponseAsync);

        await _controlPlane.Counted("no_certificate");
        Assert.NotEqual(StatusCode.OK, first.StatusCode);
        Assert.Equal(StatusCode.Unimplemented, second.StatusCode);
    }

    private EnrollmentToken NewToken() =>
        _controlPlane.Ledger.NewToken("on-prem", $"127.0.0.1:{_controlPlane.EnrollmentAddress.Port}", _certificates.Authority);

    private static Task<DateTimeOffset> EnrollAsync(EnrollmentToken token, CertificatePaths paths) => new EnrollmentClient(
        new EnrollmentClientOptions { Token = token, Certificates = paths, TrustDomain = TestCertificates.TrustDomain }, TimeProvider.System).EnrollAsync(Token);

    private static GrpcChannel AnonymousChannel(int port) => GrpcChannel.ForAddress($"https://127.0.0.1:{port}", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            // The server decides here.
#pragma warning disable CA5359
            SslOptions = new System.Net.Security.SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        },
    });
}
