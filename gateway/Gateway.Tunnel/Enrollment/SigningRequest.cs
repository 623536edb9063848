using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;
using Google.Protobuf;

namespace Gateway.Tunnel.Enrollment;

/// <summary>A fresh P-256 key, made here and never sent, and the request to certify it.</summary>
internal sealed class SigningRequest : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>PKCS #10, DER. The name in it is for people who look at it.</summary>
    public ByteString Encode(string site) => ByteString.CopyFrom(
        new CertificateRequest(LeafCertificate.Name(site), _key, HashAlgorithmName.SHA256).CreateSigningRequest());

    /// <summary>PEM.</summary>
    public string ExportKey() => _key.ExportPkcs8PrivateKeyPem() + "\n";

    public void Dispose() => _key.Dispose();
}
