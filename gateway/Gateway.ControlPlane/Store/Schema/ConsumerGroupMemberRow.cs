using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class ConsumerGroupMemberRow : EntityRow
{
    public Guid? ConsumerId { get; set; }
    public Guid? ConsumerGroupId { get; set; }

    /// <summary>Group and consumer: a consumer is in a group once.</summary>
    public string? UniqueKey { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        ConsumerId = Reference(entity, "consumer");
        ConsumerGroupId = Reference(entity, "consumer_group");
        UniqueKey = KeyOf(ConsumerGroupId!.Value, ConsumerId!.Value);
    }

    public override void ClearUnique() => UniqueKey = null;

    public static string KeyOf(Guid group, Guid consumer) => $"{group:D}:{consumer:D}";
}
