using Gateway.ControlPlane.Store.Sealing;
using Gateway.Tunnel.Publication;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>What reads answer from while the database is away: the released configuration that this control plane publishes.</summary>
/// <param name="published">Null where no tunnels are served: then there is no memory.</param>
internal sealed class ConfigurationMemory(CredentialHasher hasher, PublishedConfiguration? published = null)
{
    private volatile RememberedEntities? _entities;

    /// <summary>Null where nothing was read yet.</summary>
    public RememberedEntities? Current
    {
        get
        {
            if (published?.Stable is not { } set)
            {
                return null;
            }

            // Its indexes are made once for each content: it stays the same while the database is away.
            var entities = _entities;
            return entities is not null && ReferenceEquals(entities.Set, set) ? entities : _entities = new RememberedEntities(set, hasher);
        }
    }
}
