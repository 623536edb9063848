namespace Gateway.Model.Entities;

/// <summary>An API behind the gateway.</summary>
public sealed record Service : Entity
{
    public string? Name { get; init; }
    public bool Enabled { get; init; } = true;
    public string Protocol { get; init; } = "http";
    public required string Host { get; init; }
    public int Port { get; init; } = 80;
    public string? Path { get; init; }
    public int Retries { get; init; } = 5;

    /// <summary>Milliseconds, 1 to 2147483646.</summary>
    public int ConnectTimeout { get; init; } = 60000;

    /// <inheritdoc cref="ConnectTimeout"/>
    public int WriteTimeout { get; init; } = 60000;

    /// <inheritdoc cref="ConnectTimeout"/>
    public int ReadTimeout { get; init; } = 60000;
    public bool? TlsVerify { get; init; }

    /// <summary>0 to 64: how many intermediate certificates may stand between the upstream's and the authority's.</summary>
    public int? TlsVerifyDepth { get; init; }

    /// <summary>The authorities that the upstream's certificate is verified against; the system's where there are none.</summary>
    public IReadOnlyList<Guid>? CaCertificates { get; init; }

    /// <summary>What the gateway presents to the upstream.</summary>
    public EntityReference? ClientCertificate { get; init; }
}
