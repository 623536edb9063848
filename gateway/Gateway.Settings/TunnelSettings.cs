namespace Gateway.Settings;

/// <summary>What both ends of the tunnels need.</summary>
public sealed record TunnelSettings(string Certificate, string CertificateKey, string CertificateAuthorities, string TrustDomain);
