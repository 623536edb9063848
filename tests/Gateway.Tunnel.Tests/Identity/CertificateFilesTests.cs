using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tunnel.Tests.Identity;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task A_replaced_certificate_is_taken()
    {
        using var files = Open(_certificates.Site("on-prem"));
        var before = files.Current;
        _certificates.Site("on-prem");
        await Eventually.TrueAsync(() => files.Current.Leaf.Thumbprint != before.Leaf.Thumbprint);
        Assert.Equal("on-prem", files.Current.Identity.Site);
    }

    [Fact]
    public async Task Files_behind_a_symbolic_link_that_is_swapped_are_taken()
    {
        // As Kubernetes mounts a Secret: NAME -> ..data/NAME, ..data -> a folder per version.
        using var folder = new TemporaryFolder();
        var site = _certificates.Site("on-prem");
        CopyTo(site, Directory.CreateDirectory(folder.PathOf("..v1")).FullName);
        Directory.CreateSymbolicLink(folder.PathOf("..data"), "..v1");
        foreach (var name in new[] { "tls.crt", "tls.key", "ca.crt" })
        {
            File.CreateSymbolicLink(folder.PathOf(name), Path.Combine("..data", name));
        }

        using var files = Open(new CertificatePaths(folder.PathOf("tls.crt"), folder.PathOf("tls.key"), folder.PathOf("ca.crt")));
        var before = files.Current.Leaf.Thumbprint;
        CopyTo(_certificates.Site("on-prem"), Directory.CreateDirectory(folder.PathOf("..v2")).FullName);
        Directory.CreateSymbolicLink(folder.PathOf("..data_tmp"), "..v2");
        Directory.Delete(folder.PathOf("..data"));
        Directory.Move(folder.PathOf("..data_tmp"), folder.PathOf("..data"));
        await Eventually.TrueAsync(() => files.Current.Leaf.Thumbprint != before);
    }

    [Fact]
    public void A_key_that_does_not_fit_is_not_taken_until_the_certificate_has_come_too()
    {
        var paths = _certificates.Site("on-prem");
        using var files = new CertificateFiles(
            paths, PeerRole.DataPlane, null, TimeSpan.FromHours(1), new ManualTime(periodic: true), NullLogger<CertificateFiles>.Instance);
        var before = files.Current;
        var next = _certificates.Authority.IssueDataPlane("on-prem", TimeSpan.FromHours(1));
        File.WriteAllText(paths.Key, next.KeyPem);
        files.Reload();
        Assert.Same(before, files.Current);
        File.WriteAllText(paths.Certificate, next.CertificatePem);
        files.Reload();
        Assert.NotSame(before, files.Current);
    }

    [Fact]
    public void An_expired_certificate_is_still_an_identity()
    {
        var paths = _certificates.Site("on-prem");
        var now = TimeProvider.System.GetUtcNow();
        _certificates.Authority.Issue(new LeafRequest
        {
            CommonName = "on-prem",
            Uris = ["spiffe://test.example/data-plane/on-prem"],
            ClientAuthentication = true,
            NotBefore = now.AddMinutes(-4),
            NotAfter = now.AddMinutes(-1),
        }).Write(paths.Certificate, paths.Key);
        using var files = Open(paths);
        Assert.Equal("on-prem", files.Current.Identity.Site);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_refused_with_their_name()
    {
        var paths = _certificates.Site("on-prem");
        using var foreign = TestCertificates.NewAuthority();
        AssertRefused(paths with { Key = _certificates.Site("cloud").Key }, "does not hold the private key");
        AssertRefused(paths with { Certificate = "/nowhere/tls.crt" }, "/nowhere/tls.crt cannot be read");
        AssertRefused(paths with { Authorities = paths.Key }, "holds no certificate");
        AssertRefused(_certificates.ControlPlane, "cannot be used");
        AssertRefused(_certificates.Site("on-prem", foreign), "does not chain to an authority");
        _certificates.Site("on-prem");
        AssertRefused(paths, "trust domain", "other.example");
    }

    [Fact]
    public void Keys_are_readable_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file modes here");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_certificates.Site("on-prem").Key));
        }
    }

    [Fact]
    public void An_authority_that_was_written_issues_again()
    {
        using var folder = new TemporaryFolder();
        _certificates.Authority.Write(folder.PathOf("ca.crt"), folder.PathOf("ca.key"));
        using var loaded = CertificateAuthority.Load(folder.PathOf("ca.crt"), folder.PathOf("ca.key"), TestCertificates.TrustDomain, TimeProvider.System);
        using var files = Open(_certificates.Site("on-prem", loaded));
        Assert.Equal("on-prem", files.Current.Identity.Site);
    }

    private static void AssertRefused(CertificatePaths paths, string problem, string? trustDomain = null)
    {
        var error = Assert.Throws<CertificateException>(() => Open(paths, trustDomain));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static CertificateFiles Open(CertificatePaths paths, string? trustDomain = null) => new(
        paths, PeerRole.DataPlane, trustDomain, TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger<CertificateFiles>.Instance);

    private static void CopyTo(CertificatePaths site, string folder)
    {
        File.Copy(site.Certificate, Path.Combine(folder, "tls.crt"));
        File.Copy(site.Key, Path.Combine(folder, "tls.key"));
        File.Copy(site.Authorities, Path.Combine(folder, "ca.crt"));
    }
}
