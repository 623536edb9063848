namespace Gateway.Plugins.MtlsAuth;

/// <summary>What verifying a certificate came to.</summary>
/// <param name="Problem">Null where it is trusted.</param>
/// <param name="Names">Null where the certificate could not be read.</param>
/// <param name="Authorities">Those of the plugin's authorities that vouch for it.</param>
/// <param name="Until">When it is to be verified again.</param>
internal sealed record CertificateVerdict(string? Problem, CertificateNames? Names, IReadOnlyList<Guid> Authorities, DateTimeOffset Until);
