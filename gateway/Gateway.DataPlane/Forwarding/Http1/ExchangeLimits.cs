namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>What an upstream may send, and how connections are kept.</summary>
internal static class ExchangeLimits
{
    /// <summary>Bytes that are read at a time, and what most responses' heads and bodies fit into.</summary>
    public const int BufferSize = 16 * 1024;

    /// <summary>Bytes of a response's status line and header fields together.</summary>
    public const int HeadSize = 64 * 1024;

    /// <summary>Of one response.</summary>
    public const int HeaderFields = 256;

    /// <summary>Bytes of a chunk's size line with its extensions.</summary>
    public const int ChunkLine = 4 * 1024;

    /// <summary>Connections kept idle for one address, as Kong's <c>upstream_keepalive_pool_size</c>.</summary>
    public const int IdleConnections = 512;

    /// <summary>Requests over one connection, as Kong's <c>upstream_keepalive_max_requests</c>.</summary>
    public const int RequestsPerConnection = 10_000;

    /// <summary>As Kong's <c>upstream_keepalive_idle_timeout</c>.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    /// <summary>After which a connection is not used for another request, so that a changed DNS answer is noticed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Between two reads of a client's body, as nginx's <c>client_body_timeout</c>.</summary>
    public static readonly TimeSpan ClientBody = TimeSpan.FromSeconds(60);
}
