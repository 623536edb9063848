using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;
using Grpc.Net.Client;

namespace Gateway.Tunnel.Hosting;

/// <summary>A client's connection to one control plane, made with one reading of the certificate files.</summary>
internal sealed class TunnelChannel : IDisposable
{
    private readonly TimeProvider _time;
    private readonly string _serverName;
    private volatile X509Certificate2? _server;
    private volatile X509Certificate2Collection? _presented;
    private volatile PeerRefusal? _refusal;

    /// <param name="serverName">What the control plane's certificate must hold beside its URI name.</param>
    public TunnelChannel(DnsEndPoint address, string serverName, CertificateMaterial material, TunnelProxy? proxy, TimeSpan connectTimeout, TimeProvider time)
    {
        (Address, _serverName, Material, _time) = (address, serverName, material, time);
        Channel = TunnelHandler.Open(address, proxy, connectTimeout, new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = material.Context,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = PeerVerifier.Policy(material.Authorities, time.GetUtcNow()),
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => Verify(certificate, chain),
        });
    }

    public DnsEndPoint Address { get; }

    public CertificateMaterial Material { get; }

    public GrpcChannel Channel { get; }

    /// <summary>Why the server's certificate was not accepted, in place of the handshake's own words.</summary>
    public PeerRefusal? Refusal => _refusal;

    /// <summary>Whether the server that we are connected to would be accepted with these authorities.</summary>
    public bool IsTrustedBy(X509Certificate2Collection authorities) =>
        _server is not { } server
        || PeerVerifier.Verify(server, _presented, authorities, Material.Identity.TrustDomain, PeerRole.ControlPlane, _time.GetUtcNow()).IsAccepted;

    public void Dispose() => Channel.Dispose();

    private bool Verify(X509Certificate? certificate, X509Chain? chain)
    {
        var leaf = certificate as X509Certificate2;
        var verification = ControlPlaneVerifier.Verify(
            leaf, chain?.ChainPolicy.ExtraStore, Material.Authorities, Material.Identity.TrustDomain, _serverName, _time.GetUtcNow());
        _refusal = verification.Refusal;
        if (verification.IsAccepted)
        {
            // A copy: the stream disposes what it hands out.
            var presented = new X509Certificate2Collection();
            foreach (var other in chain?.ChainPolicy.ExtraStore ?? [])
            {
                presented.Add(X509CertificateLoader.LoadCertificate(other.RawData));
            }

            _presented = presented;
            _server = X509CertificateLoader.LoadCertificate(leaf!.RawData);
        }

        return verification.IsAccepted;
    }
}
