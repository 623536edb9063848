using Gateway.Tunnel.Identity;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>An authority and the files of a control plane and of sites.</summary>
internal sealed class TestCertificates : IDisposable
{
    public const string TrustDomain = "test.example";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public TestCertificates()
    {
        Authority = NewAuthority();
        Authority.Write(Folder.PathOf("ca.crt"), AuthorityKeyPath);
        WriteControlPlane(Authority);
    }

    public TemporaryFolder Folder { get; } = new();

    public CertificateAuthority Authority { get; }

    public string AuthorityKeyPath => Folder.PathOf("ca.key");

    public CertificatePaths ControlPlane => new(Folder.PathOf("cp.crt"), Folder.PathOf("cp.key"), Folder.PathOf("ca.crt"));

    public static CertificateAuthority NewAuthority(string trustDomain = TrustDomain) =>
        CertificateAuthority.Create(trustDomain, TimeSpan.FromDays(10), TimeProvider.System);

    public void WriteControlPlane(CertificateAuthority authority) =>
        authority.IssueControlPlane(["localhost", "127.0.0.1"], Lifetime).Write(Folder.PathOf("cp.crt"), Folder.PathOf("cp.key"));

    public CertificatePaths Site(string site, CertificateAuthority? authority = null)
    {
        (authority ?? Authority).IssueDataPlane(site, Lifetime).Write(Folder.PathOf($"{site}.crt"), Folder.PathOf($"{site}.key"));
        return new CertificatePaths(Folder.PathOf($"{site}.crt"), Folder.PathOf($"{site}.key"), Folder.PathOf("ca.crt"));
    }

    /// <summary>Of a site, with any life.</summary>
    public CertificatePaths Site(string site, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var folder = Directory.CreateDirectory(Folder.PathOf($"own-{Guid.NewGuid():N}")).FullName;
        var paths = new CertificatePaths(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), Path.Combine(folder, "ca.crt"));
        File.WriteAllText(paths.Authorities, Authority.CertificatePem);
        Authority.Issue(new LeafRequest
        {
            CommonName = site,
            Uris = [PeerIdentity.DataPlane(TrustDomain, site).ToString()],
            ClientAuthentication = true,
            NotBefore = notBefore,
            NotAfter = notAfter,
        }).Write(paths.Certificate, paths.Key);
        return paths;
    }

    /// <summary>Where there is nothing yet.</summary>
    public CertificatePaths NewFolder()
    {
        var folder = Directory.CreateDirectory(Folder.PathOf($"new-{Guid.NewGuid():N}")).FullName;
        return new CertificatePaths(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), Path.Combine(folder, "ca.crt"));
    }

    public void Dispose()
    {
        Authority.Dispose();
        Folder.Dispose();
    }
}
