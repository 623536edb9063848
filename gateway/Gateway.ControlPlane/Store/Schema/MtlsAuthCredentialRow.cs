using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class MtlsAuthCredentialRow : EntityRow
{
    public Guid? ConsumerId { get; set; }
    public Guid? CaCertificateId { get; set; }

    /// <summary>Authority and name: a certificate means one consumer.</summary>
    public string? UniqueKey { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        ConsumerId = Reference(entity, "consumer");
        CaCertificateId = Reference(entity, "ca_certificate");
        UniqueKey = $"{CaCertificateId}:{Text(entity, "subject_name")}";
    }

    public override void ClearUnique() => UniqueKey = null;
}
