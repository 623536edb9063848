using System.Collections.Immutable;
using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Entities;

/// <summary>
/// All entities of one revision as one view of them has them, with their hash. Immutable: the next revision shares what did not change, so that a change
/// costs its own size.
/// </summary>
public sealed class EntitySet
{
    private readonly ConfigurationHash _hash;

    private EntitySet(long revision, ImmutableDictionary<EntityKey, ReadOnlyMemory<byte>> entities, ConfigurationHash hash)
    {
        Revision = revision;
        Entities = entities;
        _hash = hash;
        Hash = hash.Digest();
    }

    /// <summary>Revision 0, nothing in it.</summary>
    public static EntitySet Empty { get; } = new(0, ImmutableDictionary<EntityKey, ReadOnlyMemory<byte>>.Empty, new ConfigurationHash());

    public long Revision { get; }

    /// <summary>Canonical bytes by key.</summary>
    public ImmutableDictionary<EntityKey, ReadOnlyMemory<byte>> Entities { get; }

    /// <summary><see cref="ConfigurationHash.Digest"/> over all of it.</summary>
    public string Hash { get; }

    /// <summary>A set of exactly these.</summary>
    public static EntitySet Of(long revision, IEnumerable<EntityChange> entities) => Empty.Apply(revision, entities);

    /// <summary>This set after the changes. Deleting what is not there changes nothing.</summary>
    public EntitySet Apply(long revision, IEnumerable<EntityChange> changes)
    {
        var hash = _hash.Clone();
        var entities = Entities.ToBuilder();
        foreach (var (key, canonical) in changes)
        {
            if (entities.TryGetValue(key, out var before))
            {
                if (canonical is { } same && same.Span.SequenceEqual(before.Span))
                {
                    continue;
                }

                hash.Remove(key, before.Span);
            }

            if (canonical is { } after)
            {
                hash.Add(key, after.Span);
                entities[key] = after;
            }
            else
            {
                entities.Remove(key);
            }
        }

        return new EntitySet(revision, entities.ToImmutable(), hash);
    }

    /// <summary>The same entities under another revision.</summary>
    public EntitySet At(long revision) => revision == Revision ? this : new EntitySet(revision, Entities, _hash);
}
