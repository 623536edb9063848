using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class VaultRow : EntityRow
{
    public string? Prefix { get; set; }

    public override void ReadColumns(JsonObject entity) => Prefix = Text(entity, "prefix");

    public override void ClearUnique() => Prefix = null;
}
