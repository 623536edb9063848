using Pulumi;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Hybrid.Infra.Certificates;

/// <summary>What the proxy itself shows: behind a load balancer that ends TLS, so that the last hop is encrypted too, or to a site's own clients.</summary>
public sealed class ProxyCertificate : AreaComponent
{
    /// <param name="validity">Days.</param>
    public ProxyCertificate(string name, Output<string> dnsName, int validity, ComponentResourceOptions options)
        : base("certificates:ProxyCertificate", name, options)
    {
        var key = new PrivateKey(ChildName("key"), new PrivateKeyArgs { Algorithm = "ECDSA", EcdsaCurve = "P256" }, Child());
        var certificate = new SelfSignedCert(ChildName("certificate"), new SelfSignedCertArgs
        {
            PrivateKeyPem = key.PrivateKeyPem,
            Subject = new SelfSignedCertSubjectArgs { CommonName = dnsName, Organization = "Hybrid gateway" },
            DnsNames = { dnsName },
            AllowedUses = { "digital_signature", "server_auth" },
            ValidityPeriodHours = validity * 24,
            EarlyRenewalHours = validity * 24 / 3,
        }, Child());
        Certificate = certificate.CertPem;
        PrivateKey = Output.CreateSecret(key.PrivateKeyPemPkcs8);
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["certificate"] = Certificate });
    }

    public Output<string> Certificate { get; }

    public Output<string> PrivateKey { get; }
}
