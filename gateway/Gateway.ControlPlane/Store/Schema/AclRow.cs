using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class AclRow : EntityRow
{
    public Guid? ConsumerId { get; set; }

    /// <summary>Consumer and group: a consumer is in a group once.</summary>
    public string? UniqueKey { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        ConsumerId = Reference(entity, "consumer");
        UniqueKey = $"{ConsumerId}:{Text(entity, "group")}";
    }

    public override void ClearUnique() => UniqueKey = null;
}
