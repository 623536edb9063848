using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Publication;

/// <summary>The log and the releases, as the publisher of the tunnel reads them.</summary>
internal sealed class StoredRevisionLog(StoreDatabase database, EntityCodec codec, StoreSignals signals) : IRevisionLog
{
    private IReadOnlyList<Release>? _lastReleases;

    public Task<RevisionSnapshot> ReadSnapshotAsync(long? revision, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        await using var transaction = await database.BeginReadAsync(context, cancellationToken);
        var head = (await context.Head.AsNoTracking().SingleAsync(cancellationToken)).Revision;
        var wanted = revision ?? head;
        if (wanted > head || wanted < 0)
        {
            throw new RevisionNotRetainedException(wanted);
        }

        var entities = await RevisionRewind.ReadAsync(context, codec, wanted, head, cancellationToken);
        return new RevisionSnapshot(wanted, [.. entities.Select(entity => new EntityChange(entity.Key, PublishedForm.Of(entity.Key.Kind, entity.Value)))]);
    });

    public Task<IReadOnlyList<RevisionChanges>> ReadChangesAsync(long after, long upTo, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<RevisionChanges>>(async context =>
    {
        if (upTo <= after)
        {
            return [];
        }

        await using var transaction = await database.BeginReadAsync(context, cancellationToken);
        await RevisionRewind.CheckRetainedAsync(context, after, upTo, cancellationToken);
        var rows = await context.Changes.AsNoTracking().Where(change => change.Revision > after && change.Revision <= upTo)
            .OrderBy(change => change.Revision).ThenBy(change => change.Ordinal).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.Revision).Select(group => new RevisionChanges(group.Key, [.. group.Select(Published)], group.Any(TouchesLimited)))];
    });

    public async Task<IReadOnlyList<Release>> ReadReleasesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var releases = await database.ReadAsync(context => context.Releases.AsNoTracking().OrderBy(row => row.Channel).ToListAsync(cancellationToken));
            return _lastReleases = releases.ConvertAll(row => new Release(row.Channel, row.Revision, LabelsJson.Read(row.Labels)));
        }
        catch (StoreUnavailableException) when (_lastReleases is not null)
        {
            return _lastReleases;
        }
    }

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken) => signals.Releases.WatchAsync(cancellationToken);

    // A tag is no secret, but lies in the document that may have some.
    private bool TouchesLimited(ChangeRow row) =>
        (row.Before is not null && SiteSelector.IsIn(codec.ReadChange(row, ChangeSide.Before).Span))
        || (row.After is not null && SiteSelector.IsIn(codec.ReadChange(row, ChangeSide.After).Span));

    private EntityChange Published(ChangeRow row) => new(
        new EntityKey(row.Kind, row.EntityId),
        // Without the cast, null would be an empty memory: an array converts to one.
        row.After is null ? (ReadOnlyMemory<byte>?)null : PublishedForm.Of(row.Kind, codec.ReadChange(row, ChangeSide.After)));
}
