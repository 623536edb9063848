using Gateway.ControlPlane.Store.Schema;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>What a nested collection lies below: the collection of the entity in the path, and the reference to it.</summary>
internal sealed record Parent(EntityCollection Collection, ForeignColumn Foreign)
{
    /// <summary>The name of its segment in route patterns.</summary>
    public const string SegmentName = "parent";
}
