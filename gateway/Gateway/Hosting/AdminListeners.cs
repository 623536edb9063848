using System.Net.Security;
using Gateway.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gateway.Hosting;

/// <summary>Where the Admin API listens, with and without TLS.</summary>
internal static class AdminListeners
{
    public static void ListenAdmin(this KestrelServerOptions kestrel, IReadOnlyList<ListenAddress> addresses)
    {
        foreach (var address in addresses)
        {
            kestrel.Listen(ControlPlaneHost.EndPoint(address), listen =>
            {
                if (!address.Tls)
                {
                    listen.Protocols = address.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
                    return;
                }

                listen.Protocols = HttpProtocols.Http1AndHttp2;
                var certificate = kestrel.ApplicationServices.GetRequiredService<AdminCertificate>();
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    // Asked for each connection: a renewed certificate is shown to the next one. Versions of TLS are the system's: 1.2 and later.
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate.Current,
                        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                    }),
                });
            });
        }
    }
}
