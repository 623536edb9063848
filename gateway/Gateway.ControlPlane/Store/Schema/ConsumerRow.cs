using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class ConsumerRow : EntityRow
{
    public string? Username { get; set; }
    public string? CustomId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Username = Text(entity, "username");
        CustomId = Text(entity, "custom_id");
    }

    public override void ClearUnique() => Username = CustomId = null;
}
