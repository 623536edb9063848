using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class TargetRow : EntityRow
{
    public string? Address { get; set; }
    public Guid? UpstreamId { get; set; }

    /// <summary>Upstream and address: an upstream has each address once.</summary>
    public string? UniqueKey { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        Address = Text(entity, "target");
        UpstreamId = Reference(entity, "upstream");
        UniqueKey = $"{UpstreamId}:{Address}";
    }

    public override void ClearUnique() => UniqueKey = null;
}
