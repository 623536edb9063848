using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class ServiceRow : EntityRow
{
    public string? Name { get; set; }
    public Guid? ClientCertificateId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Name = Text(entity, "name");
        ClientCertificateId = Reference(entity, "client_certificate");
    }

    public override void ClearUnique() => Name = null;
}
