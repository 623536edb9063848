namespace Gateway.ControlPlane.Store.Schema;

internal sealed class InstanceRow
{
    public Guid Id { get; set; }
    public required string Site { get; set; }
    public required string Hostname { get; set; }
    public required string Ip { get; set; }
    public required string Version { get; set; }

    /// <summary>JSON object: plugin name to version.</summary>
    public required string Plugins { get; set; }
    public long Revision { get; set; }
    public required string ConfigurationHash { get; set; }
    public required string SyncStatus { get; set; }
    public string? LastRefusal { get; set; }

    /// <summary>The revision that it refused and would not be offered again, null for none.</summary>
    public long? RefusedRevision { get; set; }

    /// <summary>JSON array of what it can't read of what it should run.</summary>
    public string Incompatibilities { get; set; } = "[]";
    public bool Connected { get; set; }

    /// <summary>Unix time in milliseconds.</summary>
    public long LastSeen { get; set; }

    /// <summary>Unix time in milliseconds.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CertificateExpiry { get; set; }

    /// <summary>The fingerprint of the authority that its certificate chains to; null for rows of older versions.</summary>
    public string? CertificateAuthority { get; set; }
}
