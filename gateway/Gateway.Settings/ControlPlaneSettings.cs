namespace Gateway.Settings;

/// <summary>The control plane's own settings. Exactly one of <see cref="SqlitePath"/> and <see cref="PostgreSql"/> is set.</summary>
public sealed record ControlPlaneSettings
{
    public string? SqlitePath { get; init; }
    public PostgreSqlSettings? PostgreSql { get; init; }
    public required string KeyringFile { get; init; }
    public required IReadOnlyList<ListenAddress> AdminListen { get; init; }

    /// <summary>Set, as <see cref="AdminCertificateKey"/> is, where one of <see cref="AdminListen"/> speaks TLS.</summary>
    public string? AdminCertificate { get; init; }
    public string? AdminCertificateKey { get; init; }
    public required AdminAccessSettings AdminAccess { get; init; }

    /// <summary>Null where the console is off.</summary>
    public ListenAddress? AdminGuiListen { get; init; }
    public required ListenAddress ClusterListen { get; init; }
    public required ListenAddress TelemetryListen { get; init; }
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Whether a site that is not registered registers itself by its certificate.</summary>
    public required bool AdmitsAnySite { get; init; }

    /// <summary>Null where the control plane signs no certificates.</summary>
    public string? AuthorityKey { get; init; }
    public required TimeSpan CertificateLifetime { get; init; }
    public required TimeSpan CertificateGrace { get; init; }

    /// <summary>Null where nobody can enrol.</summary>
    public ListenAddress? EnrollListen { get; init; }

    /// <summary>HOST:PORT each.</summary>
    public required IReadOnlyList<string> EnrollEndpoints { get; init; }
    public required TimeSpan HeartbeatInterval { get; init; }
}
