using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class SniRow : EntityRow
{
    public string? Name { get; set; }
    public Guid? CertificateId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Name = Text(entity, "name");
        CertificateId = Reference(entity, "certificate");
    }

    public override void ClearUnique() => Name = null;
}
