using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>What the configuration was, worked out from what it is and from the log. Secrets included.</summary>
internal static class RevisionRewind
{
    /// <summary>Every entity as it was at <paramref name="wanted"/>: the head or before it.</summary>
    /// <exception cref="RevisionNotRetainedException">A revision since then is not in the log any more.</exception>
    public static async Task<Dictionary<EntityKey, ReadOnlyMemory<byte>>> ReadAsync(
        StoreContext context, EntityCodec codec, long wanted, long head, CancellationToken cancellationToken)
    {
        var entities = new Dictionary<EntityKey, ReadOnlyMemory<byte>>();
        foreach (var table in EntityTables.All)
        {
            foreach (var row in await table.AllAsync(context, forUpdate: false, cancellationToken))
            {
                entities.Add(new EntityKey(table.Kind, row.Id), codec.ReadCanonical(table.Kind, row));
            }
        }

        if (wanted < head)
        {
            await RewindAsync(context, codec, entities, wanted, head, cancellationToken);
        }

        return entities;
    }

    /// <exception cref="RevisionNotRetainedException">One of the revisions after <paramref name="after"/> is not in the log any more.</exception>
    public static async Task CheckRetainedAsync(StoreContext context, long after, long upTo, CancellationToken cancellationToken)
    {
        var count = await context.Revisions.LongCountAsync(row => row.Revision > after && row.Revision <= upTo, cancellationToken);
        if (count != upTo - after)
        {
            throw new RevisionNotRetainedException(after);
        }
    }

    // What a revision undid is put back, newest first.
    private static async Task RewindAsync(
        StoreContext context, EntityCodec codec, Dictionary<EntityKey, ReadOnlyMemory<byte>> entities, long wanted, long head, CancellationToken cancellationToken)
    {
        await CheckRetainedAsync(context, wanted, head, cancellationToken);
        var changes = context.Changes.AsNoTracking().Where(change => change.Revision > wanted)
            .OrderByDescending(change => change.Revision).ThenByDescending(change => change.Ordinal).AsAsyncEnumerable();
        await foreach (var change in changes.WithCancellation(cancellationToken))
        {
            var key = new EntityKey(change.Kind, change.EntityId);
            if (change.Before is null)
            {
                entities.Remove(key);
            }
            else
            {
                entities[key] = codec.ReadChange(change, ChangeSide.Before);
            }
        }
    }
}
