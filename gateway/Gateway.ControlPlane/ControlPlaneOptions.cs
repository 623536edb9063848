using Gateway.ControlPlane.Access;

namespace Gateway.ControlPlane;

/// <summary>How a control plane is set up. Exactly one of <see cref="SqlitePath"/> and <see cref="PostgreSql"/> is set.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>The database file, for one control plane.</summary>
    public string? SqlitePath { get; init; }

    /// <summary>The database server, for any number of control planes.</summary>
    public PostgreSqlOptions? PostgreSql { get; init; }

    /// <summary>The file with the keys that secrets are encrypted under; see <see cref="Store.Sealing.KeyRingFile"/>.</summary>
    public required string KeyRingPath { get; init; }

    /// <summary>Sites to register at start.</summary>
    public IReadOnlyList<SiteRegistration> Sites { get; init; } = [];

    /// <summary>Whether a site that is not registered registers itself when it shows a certificate of the tunnel's CA.</summary>
    public bool AdmitsAnySite { get; init; }

    /// <summary>This process's version, as <c>/</c> shows it.</summary>
    public string Version { get; init; } = typeof(ControlPlaneOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>This process's settings by name, as <c>/</c> shows them; without secrets, which the caller leaves out.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The largest body that the Admin API reads, in bytes.</summary>
    public long MaxBodySize { get; init; } = 64 * 1024 * 1024;

    /// <summary>How often the database is asked whether another replica wrote, besides its notifications.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An instance that was not seen for so long counts as disconnected, whatever was last written of it (its control plane may have died). Kong: 45 s.</summary>
    public TimeSpan InstanceDeadAfter { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long an instance that is gone stays in the list. Kong: 14 days.</summary>
    public TimeSpan InstanceRetention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long after its end a certificate may still be renewed: what is known of it is kept for longer.</summary>
    public TimeSpan CertificateGrace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Where data planes enrol, as HOST:PORT: what enrolment tokens say. Empty: none can be made.</summary>
    public IReadOnlyList<string> EnrollmentEndpoints { get; init; } = [];

    /// <summary>How long the per-minute series are kept.</summary>
    public TimeSpan AnalyticsRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How many series one site may have in a minute, and in <c>/metrics</c>; what exceeds it is counted in its metric's series <c>otel.metric.overflow</c>.
    /// A data plane has at most 10,000 combinations of service, route and status, with six metrics each.
    /// </summary>
    public int MaxTelemetrySeries { get; init; } = 100_000;

    /// <summary>How many streams (an instance's metric with its attributes) are remembered for one site; points of more are refused.</summary>
    public int MaxTelemetryStreams { get; init; } = 1_000_000;

    /// <summary>How long it is kept who staged, promoted, aborted and rolled back what.</summary>
    public TimeSpan ReleaseMoveRetention { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Who may use the Admin API.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>How many revisions can be rebuilt, at least.</summary>
    public int RevisionRetention { get; init; } = 10_000;
}
