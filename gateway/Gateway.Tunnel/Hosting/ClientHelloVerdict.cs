namespace Gateway.Tunnel.Hosting;

/// <summary>What a connection begins with.</summary>
internal enum ClientHelloVerdict
{
    /// <summary>More bytes are needed to tell.</summary>
    Incomplete,

    /// <summary>Nothing at all came.</summary>
    Silent,
    NotTls,

    /// <summary>TLS, but not 1.3.</summary>
    OldTls,
    Tls13,
}
