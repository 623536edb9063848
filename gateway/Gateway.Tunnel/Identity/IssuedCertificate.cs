using System.Text;

namespace Gateway.Tunnel.Identity;

/// <summary>A certificate and its private key, as PEM.</summary>
public sealed class IssuedCertificate(string certificatePem, string keyPem)
{
    public string CertificatePem { get; } = certificatePem;

    public string KeyPem { get; } = keyPem;

    /// <summary>Writes both, each through a temporary file beside it, the key first and readable by its owner only.</summary>
    public void Write(string certificatePath, string keyPath)
    {
        PrivateFile.Write(keyPath, Encoding.ASCII.GetBytes(KeyPem), isPrivate: true);
        PrivateFile.Write(certificatePath, Encoding.ASCII.GetBytes(CertificatePem), isPrivate: false);
    }
}
