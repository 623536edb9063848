using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>Single revisions of the log, and what each changed.</summary>
internal sealed class RevisionReader(StoreDatabase database, EntityCodec codec)
{
    /// <summary>Null where the log has no such revision, or not any more.</summary>
    public Task<RevisionInfo?> FindAsync(long revision, CancellationToken cancellationToken) => database.ReadAsync(async context =>
        await context.Revisions.AsNoTracking().SingleOrDefaultAsync(row => row.Revision == revision, cancellationToken) is { } row ? Info(row) : null);

    /// <summary>What a revision did, in order, from after the given ordinal; without what administrators don't write.</summary>
    public Task<List<RevisionChange>> ChangesAsync(long revision, int after, int size, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var rows = await context.Changes.AsNoTracking()
            .Where(row => row.Revision == revision && row.Ordinal > after && row.Kind != EntityKinds.CredentialHashKeys)
            .OrderBy(row => row.Ordinal).Take(size).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new RevisionChange(row.Ordinal, new EntityKey(row.Kind, row.EntityId), new PendingChange
        {
            Before = Read(row, row.Before, ChangeSide.Before),
            After = Read(row, row.After, ChangeSide.After),
        }));
    });

    internal static RevisionInfo Info(RevisionRow row) => new(
        row.Revision, row.Principal, row.SourceAddress, DateTimeOffset.FromUnixTimeMilliseconds(row.Time), row.Message, row.Origin, row.ChangeCount);

    private byte[]? Read(ChangeRow row, byte[]? stored, ChangeSide side) => stored is null ? null : codec.ReadChange(row, side).ToArray();
}
