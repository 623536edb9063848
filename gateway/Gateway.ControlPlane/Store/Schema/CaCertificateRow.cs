using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class CaCertificateRow : EntityRow
{
    public string? CertDigest { get; set; }

    public override void ReadColumns(JsonObject entity) => CertDigest = Text(entity, "cert_digest");

    public override void ClearUnique() => CertDigest = null;
}
