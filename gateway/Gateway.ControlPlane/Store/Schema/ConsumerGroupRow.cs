using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class ConsumerGroupRow : EntityRow
{
    public string? Name { get; set; }

    public override void ReadColumns(JsonObject entity) => Name = Text(entity, "name");

    public override void ClearUnique() => Name = null;
}
