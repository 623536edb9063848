namespace Gateway.Tunnel.Identity;

/// <summary>Where a process finds what it is.</summary>
/// <param name="Certificate">PEM: the leaf, then any intermediates.</param>
/// <param name="Key">PEM: the leaf's private key, unencrypted.</param>
/// <param name="Authorities">PEM: the authorities that sign peers; several during a rotation.</param>
public sealed record CertificatePaths(string Certificate, string Key, string Authorities);
