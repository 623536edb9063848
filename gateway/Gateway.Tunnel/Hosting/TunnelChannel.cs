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
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);
    private readonly TimeProvider _time;
    private readonly string _serverName;
    private volatile X509Certificate2? _server;
    private volatile PeerRefusal? _refusal;

    /// <param name="serverName">What the control plane's certificate must hold beside its URI name.</param>
    public TunnelChannel(DnsEndPoint address, string serverName, CertificateMaterial material, TimeSpan connectTimeout, TimeProvider time)
    {
        (Address, _serverName, Material, _time) = (address, serverName, material, time);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = connectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificateContext = material.Context,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = PeerVerifier.Policy(material.Authorities, time.GetUtcNow()),
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, chain, _) => Verify(certificate, chain),
            },
        };
        Channel = GrpcChannel.ForAddress(
            new UriBuilder(Uri.UriSchemeHttps, address.Host, address.Port).Uri,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = 2 * 1024 * 1024 });
    }

    public DnsEndPoint Address { get; }

    public CertificateMaterial Material { get; }

    public GrpcChannel Channel { get; }

    /// <summary>Why the server's certificate was not accepted, in place of the handshake's own words.</summary>
    public PeerRefusal? Refusal => _refusal;

    /// <summary>Whether the server that we are connected to would be accepted with these authorities.</summary>
    public bool IsTrustedBy(CertificateMaterial material) =>
        _server is not { } server
        || PeerVerifier.Verify(
            server, null, material.Authorities, material.Identity.TrustDomain, PeerRole.ControlPlane, _time.GetUtcNow()).IsAccepted;

    public void Dispose() => Channel.Dispose();

    private bool Verify(X509Certificate? certificate, X509Chain? chain)
    {
        var leaf = certificate as X509Certificate2;
        var verification = PeerVerifier.Verify(
            leaf, chain?.ChainPolicy.ExtraStore, Material.Authorities, Material.Identity.TrustDomain, PeerRole.ControlPlane, _time.GetUtcNow());
        if (verification.IsAccepted && !leaf!.MatchesHostname(_serverName, allowWildcards: true, allowCommonName: false))
        {
            verification = PeerVerification.Refuse(PeerRefusalReason.WrongHostName, $"it is not for {_serverName}");
        }

        _refusal = verification.Refusal;
        if (verification.IsAccepted)
        {
            // A copy: the stream disposes what it hands out.
            _server = X509CertificateLoader.LoadCertificate(leaf!.RawData);
        }

        return verification.IsAccepted;
    }
}
