using Gateway.ControlPlane.Store.Databases;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Access.Audit;

/// <summary>Reads the audit log, of all replicas.</summary>
internal sealed class AuditReader(StoreDatabase database)
{
    /// <summary>Newest first.</summary>
    /// <param name="before">Only records before this one.</param>
    /// <param name="principal">Null for everyone's.</param>
    /// <param name="kind">One of <see cref="AuditEvents"/>; null for all.</param>
    public Task<List<AuditRecord>> ListAsync(Guid? before, int size, string? principal, string? kind, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var query = context.Audit.AsNoTracking();
        if (before is { } id)
        {
            query = query.Where(row => row.Id < id);
        }

        if (principal is not null)
        {
            query = query.Where(row => row.Principal == principal);
        }

        if (kind is not null)
        {
            query = query.Where(row => row.Event == kind);
        }

        var rows = await query.OrderByDescending(row => row.Id).Take(size).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new AuditRecord(
            row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.Time), row.Event, row.Principal, row.SourceAddress, row.Method, row.Path, row.Status, row.Revision, row.Reason));
    });
}
