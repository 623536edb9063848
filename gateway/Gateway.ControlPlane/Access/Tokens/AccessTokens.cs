using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Access.Tokens;

/// <summary>Makes, lists and revokes personal tokens; every replica hears of it.</summary>
internal sealed partial class AccessTokens(StoreDatabase database, StoreSignals signals, TokenDirectory directory, TimeProvider time, ILogger<AccessTokens> logger)
{
    public async Task<Result<NewAccessToken>> CreateAsync(string principal, string name, Grant grant, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = TokenSecret.Create();
        var now = time.GetUtcNow();
        var row = new AccessTokenRow
        {
            Id = Guid.NewGuid(),
            Name = name,
            Role = RoleNames.Of(grant.Role),
            Tags = JsonSerializer.Serialize(grant.Tags.IsDefaultOrEmpty ? [] : grant.Tags.ToArray()),
            Prefix = TokenSecret.Shown(secret),
            SecretHash = TokenSecret.Hash(secret),
            CreatedBy = principal,
            CreatedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = (now + lifetime).ToUnixTimeSeconds(),
        };
        var isNew = await ChangeAsync(async context =>
        {
            if (await context.AccessTokens.AnyAsync(known => known.Name == name, cancellationToken))
            {
                return false;
            }

            context.AccessTokens.Add(row);
            return true;
        }, cancellationToken);
        if (!isNew)
        {
            return new ConfigurationError(ErrorCode.UniqueViolation, $"UNIQUE violation detected on '{{name=\"{name}\"}}'", new JsonObject { ["name"] = name });
        }

        LogCreated(row.Id, name, principal, grant, lifetime);
        return new NewAccessToken(Record(row), secret);
    }

    /// <summary>By name.</summary>
    public Task<List<TokenRecord>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(async context =>
        (await context.AccessTokens.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken)).ConvertAll(Record));

    public Task<TokenRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => database.ReadAsync(async context =>
        await context.AccessTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? Record(row) : null);

    /// <summary>From now on it is refused, by every replica as soon as it hears of it.</summary>
    public async Task RevokeAsync(string principal, Guid id, CancellationToken cancellationToken)
    {
        var revoked = await ChangeAsync(async context =>
        {
            var row = await context.AccessTokens.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (row is not null)
            {
                context.AccessTokens.Remove(row);
            }

            return row is not null;
        }, cancellationToken);
        if (revoked)
        {
            LogRevoked(id, principal);
        }
    }

    internal static TokenRecord Record(AccessTokenRow row) => new(
        row.Id,
        row.Name,
        RoleNames.TryParse(row.Role) ?? throw new InvalidOperationException($"the stored role {row.Role} is unknown"),
        [.. JsonSerializer.Deserialize<string[]>(row.Tags)!],
        row.Prefix,
        row.CreatedBy,
        row.CreatedAt,
        row.ExpiresAt,
        row.LastUsedAt);

    /// <summary>Commits where <paramref name="work"/> changed something, and says whether it did.</summary>
    private async Task<bool> ChangeAsync(Func<StoreContext, Task<bool>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = database.CreateContext();
            HeadRow head;
            await using (var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken))
            {
                // Under the head's lock, so that two of the same name can't come in at once. Who may do what moves with who may join: one version for both.
                head = await database.LockHeadAsync(context, cancellationToken);
                if (!await work(context))
                {
                    return false;
                }

                head.SiteVersion++;
                await context.SaveChangesAsync(cancellationToken);
                await database.NotifyAsync(context, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            await directory.RefreshAsync(cancellationToken);
            signals.See(head);
            return true;
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }
    }

    [LoggerMessage(EventId = 3220, Level = LogLevel.Information, Message = "Access token {Token} ({Name}) was made by {Principal}: {Grant}, good for {Lifetime}")]
    private partial void LogCreated(Guid token, string name, string principal, Grant grant, TimeSpan lifetime);

    [LoggerMessage(EventId = 3221, Level = LogLevel.Information, Message = "Access token {Token} was revoked by {Principal}")]
    private partial void LogRevoked(Guid token, string principal);
}
