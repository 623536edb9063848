using System.CommandLine;
using Gateway.Settings;
using Gateway.Tunnel.Identity;

namespace Gateway.Commands;

/// <summary><c>gateway certs</c>: the tunnels' certificates without another tool. Production has them from Pulumi or cert-manager.</summary>
internal static class CertsCommand
{
    public static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    public static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(365);

    /// <summary>Leaves with less than this left are issued anew.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where ca.crt, ca.key, control-plane.crt and .key, SITE.crt and .key go" };
        var trustDomain = new Option<string>("--trust-domain")
        {
            Description = "The trust domain of the names in the certificates",
            DefaultValueFactory = _ => SettingsContract.Find(SettingNames.ClusterTrustDomain)!.Default!,
        };
        var sites = new Option<string[]>("--site") { Description = "A data plane site to issue a certificate for; may be repeated" };
        var hosts = new Option<string[]>("--host")
        {
            Description = "A DNS name or IP address of the control plane; may be repeated",
            DefaultValueFactory = _ => ["localhost", "127.0.0.1"],
        };
        var init = new Command("init", "Issue a CA, the control plane's certificate and one for each site; what is there and valid is left as it is")
        {
            folder, trustDomain, sites, hosts,
        };
        init.SetAction(parsed => Init(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(trustDomain), parsed.GetValue(sites) ?? [], parsed.GetRequiredValue(hosts)));
        return new Command("certs", "Issue certificates for the tunnels, and rotate their CA") { init, CertsRotateCommand.Create() };
    }

    private static void Init(DirectoryInfo folder, string trustDomain, IReadOnlyList<string> sites, IReadOnlyList<string> hosts)
    {
        try
        {
            folder.Create();
            string PathOf(string file) => Path.Combine(folder.FullName, file);
            using var authority = Authority(PathOf("ca.crt"), PathOf("ca.key"), trustDomain);
            Issue(PathOf("control-plane"), () => authority.IssueControlPlane(hosts, LeafLifetime));
            foreach (var site in sites)
            {
                Issue(PathOf(site), () => authority.IssueDataPlane(site, LeafLifetime));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or CertificateException)
        {
            throw new CommandException(problem.Message);
        }
    }

    private static CertificateAuthority Authority(string certificate, string key, string trustDomain)
    {
        if (File.Exists(certificate))
        {
            return CertificateAuthority.Load(certificate, key, trustDomain, TimeProvider.System);
        }

        var made = CertificateAuthority.Create(trustDomain, AuthorityLifetime, TimeProvider.System);
        made.Write(certificate, key);
        Console.WriteLine($"made {certificate}");
        return made;
    }

    private static void Issue(string name, Func<IssuedCertificate> issue)
    {
        var certificate = name + ".crt";
        if (File.Exists(certificate) && File.Exists(name + ".key") && ExpiresAfter(certificate, TimeProvider.System.GetUtcNow() + RenewBefore))
        {
            return;
        }

        issue().Write(certificate, name + ".key");
        Console.WriteLine($"issued {certificate}");
    }

    private static bool ExpiresAfter(string file, DateTimeOffset time)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(file);
        return new DateTimeOffset(certificate.NotAfter) > time;
    }
}
