using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class KeyRow : EntityRow
{
    public string? Name { get; set; }
    public Guid? SetId { get; set; }

    /// <summary>Set and key id: a set has each key id once, and so has what is in no set.</summary>
    public string? UniqueKey { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Name = Text(entity, "name");
        SetId = Reference(entity, "set");
        UniqueKey = $"{SetId}:{Text(entity, "kid")}";
    }

    public override void ClearUnique() => Name = UniqueKey = null;
}
