using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>An authority and the files of a control plane and of sites.</summary>
internal sealed class TestCertificates : IDisposable
{
    public const string TrustDomain = "test.example";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public TestCertificates()
    {
        Authority = NewAuthority();
        File.WriteAllText(Folder["ca.crt"], Authority.CertificatePem);
        WriteControlPlane(Authority);
    }

    public TemporaryFolder Folder { get; } = new();

    public CertificateAuthority Authority { get; }

    public CertificatePaths ControlPlane => new(Folder["cp.crt"], Folder["cp.key"], Folder["ca.crt"]);

    public static CertificateAuthority NewAuthority(string trustDomain = TrustDomain) =>
        CertificateAuthority.Create(trustDomain, TimeSpan.FromDays(10), TimeProvider.System);

    public void WriteControlPlane(CertificateAuthority authority) =>
        authority.IssueControlPlane(["localhost", "127.0.0.1"], Lifetime).Write(Folder["cp.crt"], Folder["cp.key"]);

    public CertificatePaths Site(string site, CertificateAuthority? authority = null)
    {
        (authority ?? Authority).IssueDataPlane(site, Lifetime).Write(Folder[$"{site}.crt"], Folder[$"{site}.key"]);
        return new CertificatePaths(Folder[$"{site}.crt"], Folder[$"{site}.key"], Folder["ca.crt"]);
    }

    public void Dispose()
    {
        Authority.Dispose();
        Folder.Dispose();
    }
}
