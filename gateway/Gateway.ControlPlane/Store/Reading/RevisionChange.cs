using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Configuration;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>What one revision did to one entity, secrets included.</summary>
/// <param name="Ordinal">Its place in the revision, from 0.</param>
internal sealed record RevisionChange(int Ordinal, EntityKey Key, PendingChange Change);
