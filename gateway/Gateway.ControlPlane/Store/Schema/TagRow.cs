namespace Gateway.ControlPlane.Store.Schema;

/// <summary>One tag of one entity: what the filters and <c>/tags</c> search.</summary>
internal sealed class TagRow
{
    public required string Kind { get; set; }
    public Guid EntityId { get; set; }
    public required string Tag { get; set; }
}
