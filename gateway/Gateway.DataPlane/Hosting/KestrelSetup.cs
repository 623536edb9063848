using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Hosting.ProxyProtocol;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Hosting;

/// <summary>Opens the listeners and sets the server's limits.</summary>
internal sealed class KestrelSetup(
    IOptions<DataPlaneOptions> options, ServingState state, ServerCertificates certificates, ConfigurationStore configurations, ClientIdentity clients,
    TimeProvider time, ILogger<KestrelSetup> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    private readonly ProxyHeaderReader _headers = new(time);

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowResponseHeaderCompression = true;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.Value.MaxRequestHeadersSize;
        kestrel.Limits.MaxRequestLineSize = options.Value.MaxRequestHeadersSize;
        kestrel.Limits.MaxRequestBodySize = options.Value.MaxRequestBodySize;
        kestrel.Limits.MaxConcurrentConnections = options.Value.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = options.Value.MaxConnections;

        // How slow a body may come is the upstream's concern: its service has time-outs.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        foreach (var listener in options.Value.ProxyListeners)
        {
            kestrel.Listen(listener.EndPoint, listen => ConfigureProxy(listen, listener));
        }

        foreach (var endPoint in options.Value.StatusListeners)
        {
            kestrel.Listen(endPoint, static listen => listen.Use(static next => connection =>
            {
                connection.Features.Set(StatusConnection.Instance);
                return next(connection);
            }));
        }
    }

    private void ConfigureProxy(ListenOptions listen, ProxyListener listener)
    {
        listen.Protocols = listener switch
        {
            { Tls: true } => HttpProtocols.Http1AndHttp2,
            { Http2: true } => HttpProtocols.Http2,
            _ => HttpProtocols.Http1,
        };
        listen.Use(next => connection => ServeAsync(connection, listener, next));
        if (listener.Tls)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = HandshakeAsync });
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ProxyListener listener, ConnectionDelegate next)
    {
        var peer = connection.RemoteEndPoint as IPEndPoint;
        var isTrusted = clients.IsTrusted(peer?.Address);
        var (client, called) = (peer, connection.LocalEndPoint as IPEndPoint);
        if (listener.ProxyProtocol)
        {
            if (await _headers.ReadAsync(connection) is not { } header)
            {
                HostingLog.NoProxyHeader(logger, peer);
                connection.Abort();
                return;
            }

            if (isTrusted && header.Source is not null)
            {
                (client, called) = (header.Source, header.Destination);
            }
        }

        var proxied = new ProxyConnection(client?.Address, called?.Port ?? 0, isTrusted, isAnnounced: !ReferenceEquals(client, peer));
        connection.Features.Set(proxied);
        await using var closing = connection.ConnectionClosed.UnsafeRegister(static state => ((ProxyConnection)state!).Close(), proxied);
        state.ConnectionOpened();
        try
        {
            await next(connection);
        }
        finally
        {
            state.ConnectionClosed();
        }
    }

    private async ValueTask<SslServerAuthenticationOptions> HandshakeAsync(TlsHandshakeCallbackContext handshake)
    {
        var name = handshake.ClientHelloInfo.ServerName;
        var context = new CertificateContext(name);
        var configuration = configurations.Current;
        foreach (var plugin in configuration.Handshakes.For(name))
        {
            await plugin.CertificateAsync(context);
        }

        var answer = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        if (context.RequestClientCertificate)
        {
            PresentedCertificate.Request(answer, handshake.Connection);
        }

        certificates.Present(answer, configuration.Certificates, name);
        return answer;
    }
}
