using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Hosting;

/// <summary>Kept with each connection; what requests on it are authorised by.</summary>
internal sealed class TunnelConnection(TunnelKind kind)
{
    private byte[] _leaf = [];
    private byte[][] _presented = [];

    public TunnelKind Kind => kind;

    /// <summary>Null until the handshake is done, and where no certificate is asked for.</summary>
    public PeerIdentity? Peer { get; private set; }

    /// <summary>Of the peer's certificate: lower-case hexadecimal digits.</summary>
    public string SerialNumber { get; private set; } = "";

    public DateTimeOffset CertificateNotAfter { get; private set; }

    /// <summary>The fingerprint of the authority that it chains to.</summary>
    public string? Authority { get; private set; }

    /// <summary>The authorities that the peer was verified with last.</summary>
    public CertificateMaterial? VerifiedWith { get; private set; }

    /// <summary>Its handshake is done: what comes is HTTP.</summary>
    public bool IsEstablished { get; set; }

    /// <summary>It was refused and counted.</summary>
    public bool IsRefused { get; set; }

    public void Accept(PeerIdentity peer, string? authority, X509Certificate2 leaf, X509Certificate2Collection? presented, CertificateMaterial material)
    {
        // Copies: the stream disposes what it hands out.
        _leaf = leaf.RawData;
        _presented = presented is null ? [] : [.. presented.Select(certificate => certificate.RawData)];
        Peer = peer;
        Authority = authority;
        SerialNumber = leaf.SerialNumber.ToLowerInvariant();
        CertificateNotAfter = new DateTimeOffset(leaf.NotAfter.ToUniversalTime());
        VerifiedWith = material;
    }

    /// <summary>Verifies the peer again where our authorities have changed since; null where it is still accepted.</summary>
    public PeerRefusal? Reconsider(CertificateMaterial current, DateTimeOffset now, TimeSpan grace)
    {
        if (ReferenceEquals(current, VerifiedWith))
        {
            return null;
        }

        using var leaf = X509CertificateLoader.LoadCertificate(_leaf);
        var presented = new X509Certificate2Collection();
        foreach (var certificate in _presented)
        {
            presented.Add(X509CertificateLoader.LoadCertificate(certificate));
        }

        var verification = PeerVerifier.Verify(leaf, presented, current.Authorities, current.Identity.TrustDomain, PeerRole.DataPlane, now, grace);
        if (verification.IsAccepted)
        {
            VerifiedWith = current;
            Authority = verification.Authority;
        }

        return verification.Refusal;
    }
}
