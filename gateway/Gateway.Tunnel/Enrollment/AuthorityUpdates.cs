using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Protocol;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Enrollment;

/// <summary>Takes over the control plane's authorities, where the certificate files are ours to replace.</summary>
internal sealed class AuthorityUpdates(CertificateFiles certificates, RenewalState state, TunnelClientOptions options, ILogger<AuthorityUpdates> logger)
{
    /// <summary>Only authorities by which our own certificate and the server that sent them are good: what is taken never cuts the tunnel that brought it.</summary>
    public void Take(Authorities sent, TunnelChannel channel)
    {
        if (!options.RenewCertificate || CertificateInstaller.ProblemOf(certificates.Paths) is not null)
        {
            return;
        }

        state.Signer = sent.Signer;
        try
        {
            var authorities = Read(sent.Pem);
            if (Fingerprints(authorities).SetEquals(Fingerprints(certificates.Current.Authorities)))
            {
                return;
            }

            if (!channel.IsTrustedBy(authorities))
            {
                throw new CertificateException("the control plane that sent them does not chain to one of them");
            }

            certificates.InstallAuthorities(sent.Pem);
            EnrollmentLog.AuthoritiesTaken(logger, string.Join(", ", Fingerprints(authorities)));
        }
        catch (Exception error) when (error is CertificateException or CryptographicException)
        {
            EnrollmentLog.AuthoritiesNotTaken(logger, error.Message);
        }
    }

    private static X509Certificate2Collection Read(string pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }

    private static SortedSet<string> Fingerprints(X509Certificate2Collection authorities) => new(authorities.Select(AuthorityFingerprint.Of), StringComparer.Ordinal);
}
