using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Identity;

public sealed class RotationTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public RotationTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Change.Put(1));
    }

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_new_leaf_drops_no_working_stream_and_is_used_for_the_next()
    {
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        var before = dataPlane.Certificates.Current.Leaf.Thumbprint;
        _certificates.Site("on-prem");
        await Eventually.TrueAsync(() => dataPlane.Certificates.Current.Leaf.Thumbprint != before);
        _controlPlane.Log.Write(Change.Put(2));
        await dataPlane.Applied(2);
        Assert.DoesNotContain(_controlPlane.Instances.Reports, report => !report.Connected);

        await _controlPlane.StopAsync();
        await _controlPlane.StartAsync();
        _controlPlane.Log.Write(Change.Put(3));
        await dataPlane.Applied(3);
        var expiry = new DateTimeOffset(dataPlane.Certificates.Current.Leaf.NotAfter.ToUniversalTime());
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem")!.CertificateExpiry == expiry);
    }

    [Fact]
    public async Task Authorities_rotate_by_add_switch_and_drop_without_a_restart()
    {
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        Assert.Equal(FingerprintOf(_certificates.Authority), _controlPlane.Instances.Of("on-prem")!.CertificateAuthority);
        using var next = TestCertificates.NewAuthority();

        // Add: both ends trust both.
        File.WriteAllText(_certificates.Folder.PathOf("ca.crt"), _certificates.Authority.CertificatePem + next.CertificatePem);
        await Eventually.TrueAsync(() => dataPlane.Certificates.Current.Authorities.Count == 2 && _controlPlane.Certificates.Current.Authorities.Count == 2);

        // Switch: leaves of the new one.
        var before = (dataPlane.Certificates.Current, _controlPlane.Certificates.Current);
        _certificates.WriteControlPlane(next);
        _certificates.Site("on-prem", next);
        await Eventually.TrueAsync(() =>
            dataPlane.Certificates.Current.Leaf.Thumbprint != before.Item1.Leaf.Thumbprint
            && _controlPlane.Certificates.Current.Leaf.Thumbprint != before.Item2.Leaf.Thumbprint);
        _controlPlane.Log.Write(Change.Put(2));
        await dataPlane.Applied(2);
        Assert.DoesNotContain(_controlPlane.Instances.Reports, report => !report.Connected);

        // Drop: the stream's server is no longer trusted, so it is made anew, with the new leaves.
        File.WriteAllText(_certificates.Folder.PathOf("ca.crt"), next.CertificatePem);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Reports.Any(report => !report.Connected));
        await dataPlane.Connected();
        _controlPlane.Log.Write(Change.Put(3));
        await dataPlane.Applied(3);
        Assert.True(dataPlane.Target.Updates.Skip(1).All(update => !update.IsSnapshot));
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem")!.CertificateAuthority == FingerprintOf(next));
    }

    [Fact]
    public async Task A_control_plane_of_another_authority_or_name_is_refused_by_the_data_plane()
    {
        var site = _certificates.Site("on-prem");
        await using (var misnamed = await TestDataPlane.StartAsync(
            TestDataPlane.Options(site, _controlPlane.Address) with { ServerName = "elsewhere.example" }))
        {
            await Eventually.TrueAsync(() => misnamed.Status.LastError == "its certificate is refused: it is not for elsewhere.example");
        }

        // A data plane's certificate, in a server's place.
        using var authority = TestCertificates.NewAuthority();
        authority.IssueDataPlane("on-prem", TimeSpan.FromDays(1)).Write(_certificates.Folder.PathOf("x.crt"), _certificates.Folder.PathOf("x.key"));
        File.WriteAllText(_certificates.Folder.PathOf("x.ca"), authority.CertificatePem);
        await using var foreign = await TestDataPlane.StartAsync(TestDataPlane.Options(
            new(_certificates.Folder.PathOf("x.crt"), _certificates.Folder.PathOf("x.key"), _certificates.Folder.PathOf("x.ca")), _controlPlane.Address));
        await Eventually.TrueAsync(() => foreign.Status.LastError?.Contains("does not chain to an authority", StringComparison.Ordinal) == true);
    }

    private static string FingerprintOf(CertificateAuthority authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(authority.CertificatePem);
        return AuthorityFingerprint.Of(certificate);
    }

    private Task<TestDataPlane> StartAsync() =>
        TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address));
}
