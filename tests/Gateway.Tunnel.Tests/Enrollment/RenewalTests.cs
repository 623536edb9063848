using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Enrollment;

/// <summary>Certificates are replaced over the tunnel before they end, and a while after.</summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public RenewalTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Options = _controlPlane.Options with { AuthorityKey = _certificates.AuthorityKeyPath };
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Change.Put(1));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_leaf_in_the_second_half_of_its_life_is_renewed_with_a_fresh_key_and_no_stream_ends()
    {
        var paths = _certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(2));
        var key = await File.ReadAllTextAsync(paths.Key);
        await using var dataPlane = await StartAsync(paths);
        await dataPlane.Applied(1);
        await Renewed();

        await Eventually.TrueAsync(() => dataPlane.Certificates.Current.NotAfter > Now.AddDays(6));
        Assert.NotEqual(key, await File.ReadAllTextAsync(paths.Key));
        _controlPlane.Log.Write(Change.Put(2));
        await dataPlane.Applied(2);
        Assert.DoesNotContain(_controlPlane.Instances.Reports, report => !report.Connected);
        var life = dataPlane.Certificates.Current.NotAfter - dataPlane.Certificates.Current.NotBefore;
        Assert.InRange(dataPlane.Renewal.Due!.Value, dataPlane.Certificates.Current.NotBefore + (life / 2), dataPlane.Certificates.Current.NotBefore + (life * 2 / 3));
        Assert.Null(dataPlane.Renewal.Problem);

        // What is on disk is whole: a process that starts now uses it.
        Assert.Equal(dataPlane.Certificates.Current.Leaf.Thumbprint, CertificateMaterial.Load(paths, PeerRole.DataPlane, TestCertificates.TrustDomain).Leaf.Thumbprint);
    }

    [Fact]
    public async Task Leaves_of_a_few_seconds_are_renewed_again_and_again_and_every_change_arrives()
    {
        await RestartAsync(options => options with { CertificateLifetime = TimeSpan.FromSeconds(4) });
        var paths = _certificates.Site("on-prem", Now.AddSeconds(-2), Now.AddSeconds(4));
        await using var dataPlane = await StartAsync(paths);
        var revision = 1;
        await Eventually.TrueAsync(
            async () =>
            {
                _controlPlane.Log.Write(Change.Put(++revision));
                await dataPlane.Applied(revision);
                return _controlPlane.Ledger.Signed.Count >= 4;
            },
            TimeSpan.FromSeconds(60));

        // Streams ended before their certificates did, so none was refused for its end.
        Assert.Equal(0, _controlPlane.Refusals("expired"));
        Assert.True(dataPlane.Target.Updates.Skip(1).All(update => !update.IsSnapshot));
    }

    [Fact]
    public async Task An_expired_leaf_is_renewed_within_the_grace_time_and_is_good_for_nothing_else()
    {
        _controlPlane.Ledger.IsAway = true;
        var paths = _certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(-1));
        await using var dataPlane = await StartAsync(paths);

        // No configuration and no telemetry for it.
        await Eventually.TrueAsync(() => dataPlane.Status.LastError?.Contains("the certificate expired at", StringComparison.Ordinal) == true);
        await Eventually.TrueAsync(() => dataPlane.Renewal.Problem?.Contains("try again", StringComparison.Ordinal) == true);
        Assert.Null(dataPlane.Status.Revision);
        await _controlPlane.Counted("expired");

        _controlPlane.Ledger.IsAway = false;
        await dataPlane.Applied(1);
    }

    [Fact]
    public async Task After_the_grace_time_an_expired_leaf_is_not_renewed()
    {
        await RestartAsync(options => options with { RenewalGrace = TimeSpan.FromSeconds(30) });
        await using var dataPlane = await StartAsync(_certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(-1)));

        await Eventually.TrueAsync(() => dataPlane.Renewal.Problem is not null);

        await _controlPlane.Counted("expired");
        Assert.Empty(_controlPlane.Ledger.Signed);
    }

    [Theory]
    [InlineData("disabled_site")]
    [InlineData("unknown_site")]
    [InlineData("revoked_certificate")]
    public async Task Who_may_not_join_is_not_renewed(string reason)
    {
        var paths = _certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(-1));
        switch (reason)
        {
            case "disabled_site":
                _controlPlane.Sites.Set("on-prem", enabled: false);
                break;
            case "unknown_site":
                _controlPlane.Sites.Remove("on-prem");
                break;
            default:
                _controlPlane.Sites.Revoke(CertificateMaterial.Load(paths, PeerRole.DataPlane, null).Leaf.SerialNumber.ToLowerInvariant());
                break;
        }

        await using var dataPlane = await StartAsync(paths);

        await _controlPlane.Counted(reason);
        await Eventually.TrueAsync(() => dataPlane.Renewal.Problem is not null);
        Assert.Empty(_controlPlane.Ledger.Signed);
    }

    [Fact]
    public async Task A_control_plane_without_a_key_leaves_renewal_to_others_and_the_tunnel_works()
    {
        await RestartAsync(options => options with { AuthorityKey = null });
        await using var dataPlane = await StartAsync(_certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(2)));

        await Eventually.TrueAsync(() => dataPlane.Renewal.Problem?.Contains("signs no certificates", StringComparison.Ordinal) == true);

        await dataPlane.Applied(1);
    }

    [Fact]
    public async Task With_renewal_off_files_are_never_written()
    {
        var paths = _certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(2));
        var before = await File.ReadAllTextAsync(paths.Certificate);
        await using var dataPlane = await TestDataPlane.StartAsync(
            TestDataPlane.Options(paths, _controlPlane.Address) with { RenewCertificate = false });

        await dataPlane.Applied(1);

        Assert.Null(dataPlane.Renewal.Due);
        Assert.Equal(before, await File.ReadAllTextAsync(paths.Certificate));
        Assert.Equal(3, Directory.GetFiles(Path.GetDirectoryName(paths.Certificate)!).Length);
    }

    [Fact]
    public async Task A_replacement_that_was_interrupted_is_finished_at_the_next_start()
    {
        var paths = _certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(2));
        var next = _certificates.Authority.IssueDataPlane("on-prem", TimeSpan.FromDays(1));
        var content = new CertificateFileSet(next.CertificatePem, next.KeyPem, _certificates.Authority.CertificatePem);

        // As a process leaves it that dies after it wrote the key.
        await File.WriteAllBytesAsync(CertificateInstaller.JournalOf(paths), System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(content));
        await File.WriteAllTextAsync(paths.Key, next.KeyPem);
        Assert.Throws<CertificateException>(() => CertificateMaterial.Load(paths, PeerRole.DataPlane, null));

        await using var dataPlane = await StartAsync(paths);

        await dataPlane.Applied(1);
        Assert.Equal(next.CertificatePem, await File.ReadAllTextAsync(paths.Certificate));
        Assert.False(File.Exists(CertificateInstaller.JournalOf(paths)));
    }

    [Fact]
    public async Task Processes_that_share_the_files_take_turns()
    {
        var paths = _certificates.Site("on-prem", Now.AddMinutes(-4), Now.AddMinutes(2));
        var sets = Enumerable.Range(0, 20).Select(_ => _certificates.Authority.IssueDataPlane("on-prem", TimeSpan.FromDays(1)))
            .Select(issued => new CertificateFileSet(issued.CertificatePem, issued.KeyPem, _certificates.Authority.CertificatePem)).ToArray();

        await Task.WhenAll(sets.Select(set => Task.Run(() => CertificateInstaller.Install(paths, set))));

        // Of whichever was last, but of one.
        Assert.Equal("on-prem", CertificateMaterial.Load(paths, PeerRole.DataPlane, TestCertificates.TrustDomain).Identity.Site);
    }

    private async Task RestartAsync(Func<TunnelServerOptions, TunnelServerOptions> change)
    {
        await _controlPlane.StopAsync();
        _controlPlane.Options = change(_controlPlane.Options);
        await _controlPlane.StartAsync();
    }

    private Task<TestDataPlane> StartAsync(CertificatePaths paths) => TestDataPlane.StartAsync(TestDataPlane.Options(paths, _controlPlane.Address));

    private Task Renewed() => Eventually.TrueAsync(() => _controlPlane.Ledger.Signed.Any(certificate => certificate.Cause == IssuanceCause.Renewal));
}
