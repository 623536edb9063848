using Gateway.Model;

namespace Gateway.Tunnel.Sites;

/// <summary>What a control plane knows of one data plane process; what <c>/clustering/data-planes</c> lists.</summary>
public sealed record InstanceState
{
    /// <summary>Random, made at each start of the process. Never trusted for authorisation.</summary>
    public required Guid Id { get; init; }
    public required string Site { get; init; }
    public required string Hostname { get; init; }

    /// <summary>The peer's address as this control plane saw it.</summary>
    public required string Ip { get; init; }
    public required string Version { get; init; }

    /// <summary>Plugin name to version, as the instance said.</summary>
    public required IReadOnlyDictionary<string, string> Plugins { get; init; }

    /// <summary>The revision it last acknowledged, 0 for none.</summary>
    public long Revision { get; init; }

    /// <summary>The hash it acknowledged with, empty for none.</summary>
    public string ConfigurationHash { get; init; } = "";
    public required SyncStatus SyncStatus { get; init; }

    /// <summary>Why it last refused a revision, null where the newest one it was offered was applied.</summary>
    public string? LastRefusal { get; init; }

    /// <summary>The revision that it refused and is not offered again; null where what it should run is another.</summary>
    public long? RefusedRevision { get; init; }

    /// <summary>
    /// What it can't read of what it should run: why <see cref="SyncStatus"/> is one of the incompatible states, or what was left out of what it got.
    /// </summary>
    public IReadOnlyList<ModelError> Incompatibilities { get; init; } = [];
    public bool Connected { get; init; }
    public required DateTimeOffset LastSeen { get; init; }
    public required DateTimeOffset CertificateExpiry { get; init; }

    /// <summary>Which generation of the tunnel's authority its certificate chains to: <see cref="Identity.AuthorityFingerprint"/>. Null where nobody said.</summary>
    public string? CertificateAuthority { get; init; }
}
