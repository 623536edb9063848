using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class JwtSecretRow : EntityRow
{
    /// <summary>No secret: tokens say it.</summary>
    public string? Key { get; set; }
    public Guid? ConsumerId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Key = Text(entity, "key");
        ConsumerId = Reference(entity, "consumer");
    }

    public override void ClearUnique() => Key = null;
}
