using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class BasicAuthCredentialRow : EntityRow
{
    public string? Username { get; set; }
    public Guid? ConsumerId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Username = Text(entity, "username");
        ConsumerId = Reference(entity, "consumer");
    }

    public override void ClearUnique() => Username = null;
}
