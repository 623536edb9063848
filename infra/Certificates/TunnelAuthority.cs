using System.Collections.Immutable;
using Hybrid.Infra.Validation;
using Pulumi;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Hybrid.Infra.Certificates;

/// <summary>
/// The private CA of both tunnels, by generations, and the certificates it signs: the control plane's, and one for each site, whose only URI name is the
/// site's identity.
/// </summary>
public sealed class TunnelAuthority : AreaComponent
{
    private const int HoursPerDay = 24;

    private readonly TunnelAuthorityArgs _args;
    private readonly PrivateKey _activeKey;
    private readonly SelfSignedCert _active;

    public TunnelAuthority(string name, TunnelAuthorityArgs args, ComponentResourceOptions options)
        : base("certificates:TunnelAuthority", name, options)
    {
        _args = args;
        args.Validate();
        var generations = args.Generations.ToImmutableSortedDictionary(generation => generation, Generation);
        (_activeKey, _active) = generations[args.ActiveGeneration];
        CaBundle = Output.All(generations.Values.Select(generation => generation.Certificate.CertPem))
            .Apply(certificates => string.Concat(certificates.Select(certificate => certificate.TrimEnd() + "\n")));
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["caBundle"] = CaBundle });
    }

    /// <summary>PEM of every generation, oldest first.</summary>
    public Output<string> CaBundle { get; }

    /// <summary>PEM of the active generation's private key, secret: for a control plane that signs for sites which enrol.</summary>
    public Output<string> ActiveKey => Output.CreateSecret(_activeKey.PrivateKeyPemPkcs8);

    public static string SiteIdentity(string trustDomain, string site) => $"spiffe://{trustDomain}/data-plane/{site}";

    /// <summary>The control plane's certificate; data planes check its DNS name, and that its URI is the control plane's.</summary>
    public CertificateMaterial IssueControlPlane(params ImmutableArray<Output<string>> dnsNames)
    {
        Check.That(!dnsNames.IsDefaultOrEmpty, "dnsNames", "none was given", "at least one");
        return Issue("control-plane", "control-plane", $"spiffe://{_args.TrustDomain}/control-plane", dnsNames, ["digital_signature", "server_auth"]);
    }

    /// <summary>A site's certificate, shared by the pods of its data plane.</summary>
    public CertificateMaterial IssueSite(string site)
    {
        Check.Slug(site, 20, "site");
        return Issue($"site-{site}", site, SiteIdentity(_args.TrustDomain, site), [], ["digital_signature", "client_auth"]);
    }

    private (PrivateKey Key, SelfSignedCert Certificate) Generation(int generation)
    {
        var key = new PrivateKey(ChildName($"ca-{generation}"), new PrivateKeyArgs { Algorithm = "ECDSA", EcdsaCurve = "P384" }, Stateful(_args.Protect));
        var certificate = new SelfSignedCert(ChildName($"ca-{generation}"), new SelfSignedCertArgs
        {
            PrivateKeyPem = key.PrivateKeyPem,
            Subject = new SelfSignedCertSubjectArgs { CommonName = $"{_args.TrustDomain} tunnel CA {generation}", Organization = "Hybrid gateway" },
            IsCaCertificate = true,
            MaxPathLength = 0,
            SetSubjectKeyId = true,
            SetAuthorityKeyId = true,
            AllowedUses = { "cert_signing", "crl_signing", "digital_signature" },
            ValidityPeriodHours = _args.CaValidity * HoursPerDay,
        }, Stateful(_args.Protect));
        return (key, certificate);
    }

    private CertificateMaterial Issue(string suffix, string commonName, string identity, ImmutableArray<Output<string>> dnsNames, ImmutableArray<string> uses)
    {
        var key = new PrivateKey(ChildName(suffix), new PrivateKeyArgs { Algorithm = "ECDSA", EcdsaCurve = "P256" }, Child());
        var names = new CertRequestArgs
        {
            PrivateKeyPem = key.PrivateKeyPem,
            Subject = new CertRequestSubjectArgs { CommonName = commonName, Organization = "Hybrid gateway" },
            Uris = { identity },
        };
        if (!dnsNames.IsEmpty)
        {
            names.DnsNames = [.. dnsNames.Select(dnsName => (Input<string>)dnsName)];
        }

        var request = new CertRequest(ChildName(suffix), names, Child());
        var certificate = new LocallySignedCert(ChildName(suffix), new LocallySignedCertArgs
        {
            CertRequestPem = request.CertRequestPem,
            CaCertPem = _active.CertPem,
            CaPrivateKeyPem = _activeKey.PrivateKeyPem,
            SetSubjectKeyId = true,
            AllowedUses = [.. uses.Select(use => (Input<string>)use)],
            ValidityPeriodHours = _args.LeafValidity * HoursPerDay,
            EarlyRenewalHours = _args.LeafRenewal * HoursPerDay,
        }, Child());
        return new CertificateMaterial(certificate.CertPem, Output.CreateSecret(key.PrivateKeyPemPkcs8), CaBundle);
    }
}
