using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Writing;

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>The releases under the head's lock, while they are moved.</summary>
/// <param name="Stage">Null while none is open.</param>
internal sealed record ReleaseTransaction(StoreContext Context, HeadRow Head, ReleaseRow Stable, ReleaseRow? Stage, WriteOrigin Origin);
