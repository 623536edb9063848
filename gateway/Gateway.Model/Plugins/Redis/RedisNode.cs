namespace Gateway.Model.Plugins.Redis;

/// <summary>A node of a Redis cluster.</summary>
public sealed record RedisNode
{
    /// <summary>An address or a host name.</summary>
    public string Ip { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 6379;
}
