using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Connections to upstreams, pooled per TLS profile and connect time-out: what must not be shared between services that differ in them.</summary>
internal sealed class UpstreamConnections(IOptions<DataPlaneOptions> options, UpstreamConnector connector, TimeProvider time) : IDisposable
{
    // As Kong's upstream_keepalive_idle_timeout.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    // So that a changed DNS answer is noticed by connections that are never idle.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // A renewed certificate makes a new pool; that of the old one is forgotten when its last request is long over.
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(TlsProfile Tls, TimeSpan ConnectTimeout), ConnectionPool> _pools = new();

    public HttpMessageInvoker For(TlsProfile tls, TimeSpan connectTimeout)
    {
        var key = (tls, connectTimeout);
        if (!_pools.TryGetValue(key, out var pool))
        {
            ForgetUnused();
            pool = _pools.GetOrAdd(key, static (wanted, connections) => connections.Create(wanted.Tls, wanted.ConnectTimeout), this);
        }

        pool.LastUsed = time.GetTimestamp();
        return pool.Invoker;
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Invoker.Dispose();
        }
    }

    private void ForgetUnused()
    {
        foreach (var (key, pool) in _pools)
        {
            // Not disposed of: a request may just have taken it, and what is idle has closed itself long before.
            if (time.GetElapsedTime(pool.LastUsed) > Retention)
            {
                _pools.TryRemove(new(key, pool));
            }
        }
    }

    private ConnectionPool Create(TlsProfile tls, TimeSpan connectTimeout)
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
            SslOptions = UpstreamHandshake.Options(tls, options.Value.UpstreamTlsVerify),

            // Header values are bytes to a proxy.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        };
        return new ConnectionPool(new HttpMessageInvoker(handler)) { LastUsed = time.GetTimestamp() };
    }
}
