namespace Gateway.Model.Plugins.Redis;

/// <summary>Kong's <c>redis</c> record, shared by every plugin that keeps something in Redis or what speaks its protocol (Valkey, ElastiCache).</summary>
public sealed record RedisConfig
{
    /// <summary>A host name or address; with ElastiCache's cluster mode the configuration endpoint. Needed where there are no <see cref="ClusterNodes"/>.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 6379;

    /// <summary>Milliseconds that a request waits for Redis at most; instead of <see cref="ConnectTimeout"/> and <see cref="ReadTimeout"/> where it is set.</summary>
    public int? Timeout { get; init; }

    /// <summary>Milliseconds that making a connection may take.</summary>
    public int ConnectTimeout { get; init; } = 2000;

    /// <summary>Milliseconds; sending and the answer together take no longer than <see cref="ReadTimeout"/>.</summary>
    public int SendTimeout { get; init; } = 2000;

    /// <summary>Milliseconds that a request waits for Redis at most.</summary>
    public int ReadTimeout { get; init; } = 2000;

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Must be 0 in a cluster.</summary>
    public int Database { get; init; }

    public bool Ssl { get; init; }

    /// <summary>Whether the server's certificate must be of a trusted authority and for <see cref="ServerName"/>, or else the host.</summary>
    public bool SslVerify { get; init; }

    public string? ServerName { get; init; }

    /// <summary>Nodes from which the others of a cluster are found.</summary>
    public IReadOnlyList<RedisNode>? ClusterNodes { get; init; }

    /// <summary>How a cloud's identity, rather than a password, proves who connects.</summary>
    public RedisCloudAuthentication CloudAuthentication { get; init; } = new();
}
