using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites.Certificates;

/// <summary>Lists the certificates that control planes signed, and revokes any, whoever signed it.</summary>
internal sealed class CertificateRegistry(StoreDatabase database, SiteTransactions transactions, TimeProvider time)
{
    /// <summary>The newest first.</summary>
    /// <param name="site">Null for those of all sites.</param>
    public Task<List<CertificateRecord>> ListAsync(string? site, int size, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var rows = await context.IssuedCertificates.AsNoTracking()
            .Where(row => site == null || row.Site == site)
            .OrderByDescending(row => row.IssuedAt).ThenBy(row => row.SerialNumber)
            .Take(size)
            .ToListAsync(cancellationToken);
        var serials = rows.ConvertAll(row => row.SerialNumber);
        var revoked = await context.RevokedCertificates.AsNoTracking()
            .Where(row => serials.Contains(row.SerialNumber))
            .ToDictionaryAsync(row => row.SerialNumber, row => row.RevokedAt, StringComparer.Ordinal, cancellationToken);
        return rows.ConvertAll(row => new CertificateRecord(
            row.SerialNumber, row.Site, row.Cause, row.Authority, row.Address, row.IssuedAt, row.NotAfter,
            revoked.TryGetValue(row.SerialNumber, out var at) ? at : null));
    });

    public Task<List<RevocationRecord>> ListRevokedAsync(CancellationToken cancellationToken) => database.ReadAsync(async context =>
        (await context.RevokedCertificates.AsNoTracking().OrderByDescending(row => row.RevokedAt).ThenBy(row => row.SerialNumber).ToListAsync(cancellationToken))
            .ConvertAll(Record));

    /// <summary>From now on it is refused, and its live streams end. Revoking again changes nothing.</summary>
    /// <param name="serialNumber">As <see cref="SerialNumber.TryParse"/> gives it.</param>
    public Task<Result<RevocationRecord>> RevokeAsync(string principal, string serialNumber, string? reason, CancellationToken cancellationToken) =>
        transactions.WriteAsync<RevocationRecord>(
            principal,
            async context =>
            {
                if (await context.RevokedCertificates.SingleOrDefaultAsync(row => row.SerialNumber == serialNumber, cancellationToken) is { } known)
                {
                    return Record(known);
                }

                var row = new RevokedCertificateRow
                {
                    SerialNumber = serialNumber,
                    Principal = principal,
                    Reason = reason,
                    RevokedAt = time.GetUtcNow().ToUnixTimeSeconds(),
                };
                context.RevokedCertificates.Add(row);
                return Record(row);
            },
            cancellationToken);

    private static RevocationRecord Record(RevokedCertificateRow row) => new(row.SerialNumber, row.Reason, row.RevokedAt);
}
