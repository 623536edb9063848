using System.Text.Json.Nodes;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites;

/// <summary>Registers, changes and removes sites; every replica hears of it.</summary>
internal sealed class SiteRegistry(StoreDatabase database, SiteTransactions transactions, TimeProvider time)
{
    private readonly LastKnown<List<SiteRecord>> _last = new();

    /// <summary>By name. With the database away: as they were read last.</summary>
    /// <exception cref="StoreUnavailableException">The database is away, and nothing was read before.</exception>
    public Task<List<SiteRecord>> ListAsync(CancellationToken cancellationToken) => _last.ReadAsync(() => database.ReadAsync(async context =>
        (await context.Sites.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken)).ConvertAll(Record)));

    /// <inheritdoc cref="ListAsync"/>
    public async Task<SiteRecord?> FindAsync(string name, CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).Find(site => site.Name == name);

    public Task<Result<SiteRecord>> CreateAsync(string principal, string name, bool enabled, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        transactions.WriteAsync<SiteRecord>(principal, async context =>
        {
            if (await context.Sites.AnyAsync(row => row.Name == name, cancellationToken))
            {
                return new ConfigurationError(ErrorCode.UniqueViolation, $"UNIQUE violation detected on '{{name=\"{name}\"}}'", new JsonObject { ["name"] = name });
            }

            var now = time.GetUtcNow().ToUnixTimeSeconds();
            var site = new SiteRow { Name = name, Enabled = enabled, Labels = LabelsJson.Write(labels), CreatedAt = now, UpdatedAt = now };
            context.Sites.Add(site);
            return Record(site);
        }, cancellationToken);

    /// <param name="enabled">Null to leave it.</param>
    /// <param name="labels">Null to leave them.</param>
    public Task<Result<SiteRecord>> ChangeAsync(string principal, string name, bool? enabled, IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken) =>
        transactions.WriteAsync<SiteRecord>(principal, async context =>
        {
            var site = await context.Sites.SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
            if (site is null)
            {
                return ConfigurationError.NotFound();
            }

            site.Enabled = enabled ?? site.Enabled;
            site.Labels = labels is null ? site.Labels : LabelsJson.Write(labels);
            site.UpdatedAt = time.GetUtcNow().ToUnixTimeSeconds();
            return Record(site);
        }, cancellationToken);

    public async Task DeleteAsync(string principal, string name, CancellationToken cancellationToken) =>
        await transactions.WriteAsync<bool>(principal, async context =>
        {
            var site = await context.Sites.SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
            if (site is not null)
            {
                context.Sites.Remove(site);
            }

            return site is not null;
        }, cancellationToken);

    private static SiteRecord Record(SiteRow row) => new(row.Name, row.Enabled, LabelsJson.Read(row.Labels), row.CreatedAt, row.UpdatedAt);
}
