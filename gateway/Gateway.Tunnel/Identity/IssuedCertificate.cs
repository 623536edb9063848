namespace Gateway.Tunnel.Identity;

/// <summary>A certificate and its private key, as PEM.</summary>
public sealed class IssuedCertificate(string certificatePem, string keyPem)
{
    public string CertificatePem { get; } = certificatePem;

    public string KeyPem { get; } = keyPem;

    /// <summary>Writes both, each through a temporary file beside it, the key first and readable by its owner only.</summary>
    public void Write(string certificatePath, string keyPath)
    {
        PemFile.Write(keyPath, KeyPem, isPrivate: true);
        PemFile.Write(certificatePath, CertificatePem, isPrivate: false);
    }
}
