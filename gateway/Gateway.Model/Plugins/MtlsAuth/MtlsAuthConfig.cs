namespace Gateway.Model.Plugins.MtlsAuth;

/// <summary>Kong's <c>mtls-auth</c>: who presents a certificate of a trusted authority in the TLS handshake is the consumer that its names say.</summary>
public sealed record MtlsAuthConfig
{
    /// <summary>Ids of the <c>ca_certificates</c> that are trusted: at least one.</summary>
    public IReadOnlyList<Guid> CaCertificates { get; init; } = [];

    /// <summary>Id or username of the consumer that requests without a trusted certificate are; null to refuse them.</summary>
    public string? Anonymous { get; init; }

    /// <summary>What of a consumer may be a name in the certificate where no credential says so: <c>username</c>, <c>custom_id</c>.</summary>
    public IReadOnlyList<string>? ConsumerBy { get; init; } = ["username", "custom_id"];

    /// <summary>Id or username of the consumer that a trusted certificate is which says no other; null to refuse it.</summary>
    public string? DefaultConsumer { get; init; }

    /// <summary>Whether a trusted certificate is enough: there is no consumer then, but a group for the <c>acl</c> plugin.</summary>
    public bool SkipConsumerLookup { get; init; }

    /// <summary>What that group is: <c>CN</c> for the common name, <c>DN</c> for the whole subject; null for none.</summary>
    public string? AuthenticatedGroupBy { get; init; } = "CN";

    /// <summary>Whether an authority may be trusted without the one that issued it.</summary>
    public bool AllowPartialChain { get; init; }

    /// <summary>
    /// Whether authorities are asked (OCSP, otherwise CRL) if they revoked the certificate: <c>SKIP</c>, <c>IGNORE_CA_ERROR</c> (passes where they do not answer) or <c>STRICT</c>.
    /// </summary>
    public string? RevocationCheckMode { get; init; } = "IGNORE_CA_ERROR";

    /// <summary>Milliseconds that an authority has to answer.</summary>
    public double HttpTimeout { get; init; } = 30_000;

    /// <summary>Of authorities that are asked over https. They are asked over http alone: what they answer is signed.</summary>
    public bool? SslVerify { get; init; }

    /// <summary>Milliseconds for which a verified certificate is not verified again.</summary>
    public double CertCacheTtl { get; init; } = 60_000;

    /// <summary>Seconds; consumers are looked up in memory, so that nothing is cached.</summary>
    public double CacheTtl { get; init; } = 60;
}
