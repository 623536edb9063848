namespace Gateway.DataPlane.Pipeline;

/// <summary>A TLS handshake.</summary>
public sealed class CertificateContext(string? serverName)
{
    /// <summary>The server name that the client indicated.</summary>
    public string? ServerName { get; } = serverName;

    /// <summary>Set to ask the client for a certificate. Verifying it is the access phase's business.</summary>
    public bool RequestClientCertificate { get; set; }
}
