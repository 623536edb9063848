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

namespace Gateway.Tunnel.Hosting;

public static class TunnelListenExtensions
{
    /// <summary>
    /// Listens for one tunnel: HTTP/2 over TLS 1.3, with a data plane's certificate of our trust domain required and verified in the handshake; for enrolment
    /// none is asked for. Needs <see cref="TunnelServerExtensions.AddTunnelServer"/>. Certificates that are replaced are used from the next handshake on.
    /// </summary>
    public static void ListenTunnel(this KestrelServerOptions options, IPEndPoint endpoint, TunnelKind kind)
    {
        options.Listen(endpoint, listen =>
        {
            var connections = options.ApplicationServices.GetRequiredService<TunnelConnections>();
            var handshakes = ActivatorUtilities.CreateInstance<Handshakes>(options.ApplicationServices, kind);
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => transport => connections.RunAsync(kind, transport, next));
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = handshakes.Begin });
            listen.Use(next => transport => connections.EstablishedAsync(transport, next));
        });
    }

    private sealed class Handshakes(
        TunnelKind kind, TunnelConnections connections, CertificateFiles certificates, TunnelServerOptions options, TimeProvider time)
    {
        /// <summary>Only the configuration tunnel, where certificates are renewed, lets an expired one in.</summary>
        private readonly TimeSpan _grace = kind == TunnelKind.Configuration ? options.RenewalGrace : TimeSpan.Zero;

        public ValueTask<SslServerAuthenticationOptions> Begin(TlsHandshakeCallbackContext context)
        {
            var material = certificates.Current;
            var transport = context.Connection;
            var connection = transport.Features.Get<TunnelConnection>()!;
            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = material.Context,
                EnabledSslProtocols = SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

                // A resumed session would bring back a peer that was verified under earlier authorities.
                AllowTlsResume = false,
            };
            if (kind != TunnelKind.Enrollment)
            {
                tls.ClientCertificateRequired = true;
                tls.CertificateChainPolicy = PeerVerifier.Policy(material.Authorities, time.GetUtcNow());
                tls.RemoteCertificateValidationCallback = (_, certificate, chain, _) => Verify(material, connection, transport, certificate, chain);
            }

            return ValueTask.FromResult(tls);
        }

        private bool Verify(
            CertificateMaterial material, TunnelConnection connection, BaseConnectionContext transport, X509Certificate? certificate, X509Chain? chain)
        {
            var leaf = certificate as X509Certificate2;
            var presented = chain?.ChainPolicy.ExtraStore;
            var verification = PeerVerifier.Verify(
                leaf, presented, material.Authorities, material.Identity.TrustDomain, PeerRole.DataPlane, time.GetUtcNow(), _grace);
            if (!verification.IsAccepted)
            {
                connections.Refuse(transport, connection, RefusalReasons.Of(verification.Refusal.Reason), verification.Refusal.Problem);
                return false;
            }

            connection.Accept(verification.Identity, verification.Authority, leaf!, presented, material);
            return true;
        }
    }
}
