using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Text;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Connections to upstreams, pooled per TLS profile and connect time-out: what must not be shared between services that differ in them.</summary>
internal sealed class UpstreamConnections(IOptions<DataPlaneOptions> options, UpstreamConnector connector) : IDisposable
{
    // As Kong's upstream_keepalive_idle_timeout.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    // So that a changed DNS answer is noticed by connections that are never idle.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(bool Verify, TimeSpan ConnectTimeout), HttpMessageInvoker> _invokers = new();

    public HttpMessageInvoker For(TlsProfile tls, TimeSpan connectTimeout) =>
        _invokers.GetOrAdd(
            (tls.Verify ?? options.Value.UpstreamTlsVerify, connectTimeout),
            static (key, connector) => Create(key.Verify, key.ConnectTimeout, connector),
            connector);

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private static HttpMessageInvoker Create(bool verify, TimeSpan connectTimeout, UpstreamConnector connector)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            ConnectTimeout = connectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = Lifetime,
            ConnectCallback = connector.ConnectAsync,

            // Header values are bytes to a proxy.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        };
        if (!verify)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = AcceptAny };
        }

        return new HttpMessageInvoker(handler);
    }

    // Reached only by services with tls_verify off, or where the data plane's default says so.
#pragma warning disable CA5359
    private static bool AcceptAny(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
#pragma warning restore CA5359
}
