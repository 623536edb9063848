using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class RouteRow : EntityRow
{
    public string? Name { get; set; }
    public Guid? ServiceId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Name = Text(entity, "name");
        ServiceId = Reference(entity, "service");
    }

    public override void ClearUnique() => Name = null;
}
