using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;

namespace Gateway.Commands;

/// <summary>
/// <c>gateway certs rotate</c>: a new CA in three steps, in a folder of <c>gateway certs init</c>. Processes that use the folder's files follow each step without a
/// restart; docs/tunnels.md says what to wait for in between.
/// </summary>
internal static class CertsRotateCommand
{
    private const string Bundle = "ca.crt";
    private const string Key = "ca.key";
    private const string NextKey = "ca.next.key";
    private const string PreviousKey = "ca.previous.key";

    public static Command Create() => new("rotate", "Replace the CA in three steps: add, switch, drop")
    {
        Step("add", "Make the next CA and trust it beside the present one", Add),
        Step("switch", "Sign with the next CA, and issue every certificate of the folder anew", Switch),
        Step("drop", "Trust the present CA alone", Drop),
    };

    private static Command Step(string name, string description, Action<DirectoryInfo> run)
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder of gateway certs init" };
        var step = new Command(name, description) { folder };
        step.SetAction(parsed =>
        {
            try
            {
                run(parsed.GetRequiredValue(folder));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or CertificateException)
            {
                throw new CommandException(problem.Message);
            }
        });
        return step;
    }

    private static void Add(DirectoryInfo folder)
    {
        var (bundle, nextKey) = (PathOf(folder, Bundle), PathOf(folder, NextKey));
        using var present = Present(folder);
        if (File.Exists(nextKey))
        {
            throw new CommandException($"{nextKey} is there: the next CA was added before; go on with switch");
        }

        if (CertificateMaterial.ReadAuthorities(bundle).Count > 1)
        {
            throw new CommandException($"{bundle} holds several CAs: an earlier rotation is not finished; go on with drop");
        }

        using var next = CertificateAuthority.Create(present.TrustDomain, CertsCommand.AuthorityLifetime, TimeProvider.System);

        // The key first: a bundle with a CA that nobody can sign for could not be switched to.
        next.WriteKey(nextKey);
        CertificateAuthority.WriteBundle(bundle, File.ReadAllText(bundle) + next.CertificatePem);
        Console.WriteLine($"added CA {next.Fingerprint} to {bundle}");
    }

    private static void Switch(DirectoryInfo folder)
    {
        var (key, nextKey) = (PathOf(folder, Key), PathOf(folder, NextKey));
        if (File.Exists(nextKey))
        {
            // That it can be used is known before anything changes.
            CertificateAuthority.Load(PathOf(folder, Bundle), nextKey, TrustDomainOf(folder), TimeProvider.System).Dispose();

            File.Copy(key, PathOf(folder, PreviousKey), overwrite: true);
            File.Move(nextKey, key, overwrite: true);
        }
        else if (!File.Exists(PathOf(folder, PreviousKey)))
        {
            throw new CommandException($"{nextKey} is not there: begin with add");
        }

        using var present = Present(folder);
        foreach (var (path, identity, hosts) in Leaves(folder).Where(leaf => !IsSigned(present, leaf.Path)))
        {
            var issued = identity.Role == PeerRole.ControlPlane
                ? present.IssueControlPlane(hosts, CertsCommand.LeafLifetime)
                : present.IssueDataPlane(identity.Site!, CertsCommand.LeafLifetime);
            issued.Write(path, Path.ChangeExtension(path, ".key"));
            Console.WriteLine($"issued {path}");
        }
    }

    private static void Drop(DirectoryInfo folder)
    {
        var bundle = PathOf(folder, Bundle);
        using var present = Present(folder);
        if (File.Exists(PathOf(folder, NextKey)))
        {
            throw new CommandException($"{PathOf(folder, NextKey)} is there: the next CA does not sign yet; go on with switch");
        }

        if (Leaves(folder).FirstOrDefault(leaf => !IsSigned(present, leaf.Path)) is { Path: { } left })
        {
            throw new CommandException($"{left} is signed by a CA that would be dropped: issue it anew with switch, or delete it");
        }

        CertificateAuthority.WriteBundle(bundle, present.CertificatePem);
        File.Delete(PathOf(folder, PreviousKey));
        Console.WriteLine($"{bundle} trusts {present.Fingerprint} alone");
    }

    private static CertificateAuthority Present(DirectoryInfo folder) =>
        CertificateAuthority.Load(PathOf(folder, Bundle), PathOf(folder, Key), TrustDomainOf(folder), TimeProvider.System);

    /// <summary>Every name in the folder is of one.</summary>
    private static string TrustDomainOf(DirectoryInfo folder) => Leaves(folder).Select(leaf => leaf.Identity.TrustDomain).FirstOrDefault()
        ?? throw new CommandException($"{folder} holds no certificate of gateway certs init");

    private static bool IsSigned(CertificateAuthority authority, string path)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        return authority.Signed(certificate);
    }

    private static List<(string Path, PeerIdentity Identity, IReadOnlyList<string> Hosts)> Leaves(DirectoryInfo folder)
    {
        var leaves = new List<(string Path, PeerIdentity Identity, IReadOnlyList<string> Hosts)>();
        foreach (var path in Directory.EnumerateFiles(folder.FullName, "*.crt").Where(path => Path.GetFileName(path) != Bundle).Order(StringComparer.Ordinal))
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            if (PeerIdentity.Of(certificate) is { } identity)
            {
                leaves.Add((path, identity, PeerIdentity.HostsOf(certificate)));
            }
        }

        return leaves;
    }

    private static string PathOf(DirectoryInfo folder, string file) => Path.Combine(folder.FullName, file);
}
