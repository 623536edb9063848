using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Hosting;

public static class TunnelListenExtensions
{
    /// <summary>
    /// Listens for one tunnel: HTTP/2 over TLS 1.3, with a data plane's certificate of our trust domain required and verified in the handshake. Needs
    /// <see cref="TunnelServerExtensions.AddTunnelServer"/>. Certificates that are replaced are used from the next handshake on.
    /// </summary>
    public static void ListenTunnel(this KestrelServerOptions options, IPEndPoint endpoint, TunnelKind kind)
    {
        options.Listen(endpoint, listen =>
        {
            var handshakes = ActivatorUtilities.CreateInstance<Handshakes>(options.ApplicationServices, kind);
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = handshakes.Begin });
        });
    }

    private sealed class Handshakes(
        TunnelKind kind, CertificateFiles certificates, TunnelMetrics metrics, TimeProvider time, ILogger<Handshakes> logger)
    {
        public ValueTask<SslServerAuthenticationOptions> Begin(TlsHandshakeCallbackContext context)
        {
            var material = certificates.Current;
            var connection = new TunnelConnection(kind);
            var transport = context.Connection;
            transport.Features.Set(connection);
            return ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = material.Context,
                EnabledSslProtocols = SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                ClientCertificateRequired = true,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = PeerVerifier.Policy(material.Authorities, time.GetUtcNow()),

                // A resumed session would bring back a peer that was verified under earlier authorities.
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, chain, _) => Verify(material, connection, transport, certificate, chain),
            });
        }

        private bool Verify(
            CertificateMaterial material, TunnelConnection connection, BaseConnectionContext transport, X509Certificate? certificate, X509Chain? chain)
        {
            var leaf = certificate as X509Certificate2;
            var verification = PeerVerifier.Verify(
                leaf, chain?.ChainPolicy.ExtraStore, material.Authorities, material.Identity.TrustDomain, PeerRole.DataPlane, time.GetUtcNow());
            if (!verification.IsAccepted)
            {
                metrics.Refused(verification.Refusal.Reason);
                CertificateLog.PeerRefused(
                    logger, transport.RemoteEndPoint?.ToString() ?? "", verification.Refusal.Reason, verification.Refusal.Problem);
                return false;
            }

            connection.Peer = verification.Identity;
            connection.CertificateNotAfter = new DateTimeOffset(leaf!.NotAfter.ToUniversalTime());
            return true;
        }
    }
}
