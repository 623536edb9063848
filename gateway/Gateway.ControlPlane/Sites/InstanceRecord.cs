using Gateway.Model;

namespace Gateway.ControlPlane.Sites;

/// <summary>A data plane process as administrators see it.</summary>
internal sealed record InstanceRecord(
    Guid Id,
    string Hostname,
    string Ip,
    string Site,
    string Version,
    IReadOnlyDictionary<string, string> Labels,
    string ConfigurationHash,
    long Revision,
    string SyncStatus,
    DateTimeOffset LastSeen,
    DateTimeOffset UpdatedAt,
    bool Connected,
    DateTimeOffset CertificateExpiry,
    string? CertificateAuthority,
    string? LastRefusal,
    IReadOnlyList<ModelError> Incompatibilities);
