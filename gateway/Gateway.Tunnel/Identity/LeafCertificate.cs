using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>Makes a leaf directly beneath an authority.</summary>
internal static class LeafCertificate
{
    private static readonly TimeSpan MaximumClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Clocks differ: what is issued is valid from a little before.</summary>
    public static TimeSpan ClockSkew(TimeSpan lifetime) => lifetime / 10 < MaximumClockSkew ? lifetime / 10 : MaximumClockSkew;

    public static X509Certificate2 Sign(AuthorityKey authority, PublicKey key, LeafRequest leaf)
    {
        var request = new CertificateRequest(Name(leaf.CommonName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        AddPurposes(request, leaf);
        AddNames(request, leaf);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, critical: false));
        if (authority.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }

        // A leaf never outlives its authority.
        var end = new DateTimeOffset(authority.Certificate.NotAfter.ToUniversalTime());
        var notAfter = leaf.NotAfter < end ? leaf.NotAfter : end;
        var begin = new DateTimeOffset(authority.Certificate.NotBefore.ToUniversalTime());
        var notBefore = leaf.NotBefore > begin ? leaf.NotBefore : begin;
        return authority.Sign(request, notBefore, notAfter, SerialNumber());
    }

    public static X500DistinguishedName Name(string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        return builder.Build();
    }

    private static void AddPurposes(CertificateRequest request, LeafRequest leaf)
    {
        var purposes = new OidCollection();
        if (leaf.ServerAuthentication)
        {
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        if (leaf.ClientAuthentication)
        {
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        }

        if (purposes.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
        }
    }

    private static void AddNames(CertificateRequest request, LeafRequest leaf)
    {
        if (leaf.Uris.Count + leaf.Hosts.Count == 0)
        {
            return;
        }

        var names = new SubjectAlternativeNameBuilder();
        foreach (var uri in leaf.Uris)
        {
            names.AddUri(new Uri(uri));
        }

        foreach (var host in leaf.Hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
    }

    private static byte[] SerialNumber()
    {
        // RFC 5280, 4.1.2.2: positive and unique; 127 random bits.
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        serial[0] |= 0x01;
        return serial;
    }
}
