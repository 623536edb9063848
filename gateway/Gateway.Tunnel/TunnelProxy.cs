namespace Gateway.Tunnel;

/// <summary>An HTTP proxy that lets the tunnels out by CONNECT (RFC 9110, 9.3.6).</summary>
public sealed record TunnelProxy
{
    /// <summary>A name that this machine resolves, or an IP address.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Whether the way to the proxy is TLS too. False by default.</summary>
    public bool Tls { get; init; }

    /// <summary>Whether the proxy's certificate must be valid for <see cref="Host"/> and chain to a root of the system. True by default.</summary>
    public bool VerifyCertificate { get; init; } = true;

    /// <summary>For Basic authentication (RFC 7617), sent with the first request. Null: none.</summary>
    public string? User { get; init; }

    /// <summary>A secret: never logged.</summary>
    public string? Password { get; init; }

    // The generated one would print the password.
    public override string ToString() => $"{Host}:{Port}";
}
