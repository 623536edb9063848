namespace Gateway.DataPlane.Balancing;

/// <summary>The kinds of failure that health checks count apart.</summary>
internal enum PeerFailure
{
    /// <summary>An answer with a status that counts as unhealthy.</summary>
    Http,

    /// <summary>No connection, or one that broke.</summary>
    Tcp,

    /// <summary>No answer in time.</summary>
    Timeout,
}
