using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class PluginRow : EntityRow
{
    public string? Name { get; set; }
    public string? InstanceName { get; set; }
    public Guid? ServiceId { get; set; }
    public Guid? RouteId { get; set; }
    public Guid? ConsumerId { get; set; }
    public Guid? ConsumerGroupId { get; set; }

    /// <summary>Name and scope: a plugin is configured once per scope.</summary>
    public string? ScopeKey { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Name = Text(entity, "name");
        InstanceName = Text(entity, "instance_name");
        ServiceId = Reference(entity, "service");
        RouteId = Reference(entity, "route");
        ConsumerId = Reference(entity, "consumer");
        ConsumerGroupId = Reference(entity, "consumer_group");
        ScopeKey = $"{Name}:{RouteId}:{ServiceId}:{ConsumerId}{(ConsumerGroupId is { } group ? $":{group}" : "")}";
    }

    public override void ClearUnique() => InstanceName = ScopeKey = null;
}
