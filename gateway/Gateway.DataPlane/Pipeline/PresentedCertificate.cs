using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Gateway.DataPlane.Pipeline;

/// <summary>The certificate that a client presented in its handshake, and those that it sent along: as bytes, and worth nothing until somebody verifies them.</summary>
/// <param name="Certificate">DER. The client proved that it has the key.</param>
/// <param name="Intermediates">DER, in no particular order.</param>
public sealed record PresentedCertificate(byte[] Certificate, IReadOnlyList<byte[]> Intermediates)
{
    /// <summary>
    /// Asks the client for a certificate and keeps what it presents beside the connection. None is fine, and so is any: what it is worth the plugin that asked decides, with
    /// the request that needs it.
    /// </summary>
    internal static void Request(SslServerAuthenticationOptions handshake, ConnectionContext connection)
    {
        handshake.ClientCertificateRequired = true;

        // A resumed session would have no certificates.
        handshake.AllowTlsResume = false;

        // Nothing is looked up, nor fetched from where a stranger's certificate says.
        handshake.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
#pragma warning disable CA5359 // Verified in the access phase, by the authorities of the plugin's config.
        handshake.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            if (certificate is not null)
            {
                connection.Features.Set(new PresentedCertificate(certificate.GetRawCertData(), [.. (chain?.ChainPolicy.ExtraStore ?? []).Select(sent => sent.RawData)]));
            }

            return true;
        };
#pragma warning restore CA5359
    }
}
