namespace Gateway.Tunnel.Identity;

/// <summary>The certificate files cannot be used. The message names the file and never quotes a key.</summary>
public sealed class CertificateException(string message) : Exception(message);
