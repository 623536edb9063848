using System.Security.Cryptography;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Sites.Enrollment;

/// <summary>Makes, lists and takes back the tokens with which sites enrol.</summary>
internal sealed partial class EnrollmentTokens(StoreDatabase database, TimeProvider time, ILogger<EnrollmentTokens> logger)
{
    public const int SecretSize = 32;

    public static byte[] Hash(ReadOnlySpan<byte> secret) => SHA256.HashData(secret);

    public async Task<Result<NewToken>> CreateAsync(string principal, string site, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretSize);
        var now = time.GetUtcNow();
        var row = new EnrollmentTokenRow
        {
            Id = Guid.NewGuid(),
            Site = site,
            SecretHash = Hash(secret),
            Principal = principal,
            CreatedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = (now + lifetime).ToUnixTimeSeconds(),
        };
        try
        {
            await using var context = database.CreateContext();
            await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
            if (!await context.Sites.AnyAsync(known => known.Name == site, cancellationToken))
            {
                return ConfigurationError.NotFound();
            }

            context.EnrollmentTokens.Add(row);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Conflict)
        {
            // The site was deleted meanwhile.
            return ConfigurationError.NotFound();
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }

        LogCreated(row.Id, site, principal, lifetime);
        return new NewToken(Record(row), secret);
    }

    /// <summary>The newest first; null where there is no such site.</summary>
    public Task<List<TokenRecord>?> ListAsync(string site, CancellationToken cancellationToken) => database.ReadAsync(async context =>
        await context.Sites.AnyAsync(row => row.Name == site, cancellationToken)
            ? (await context.EnrollmentTokens.AsNoTracking().Where(row => row.Site == site).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken))
                .ConvertAll(Record)
            : null);

    /// <summary>From now on it cannot be used. What it was used for before stays.</summary>
    public async Task DeleteAsync(string principal, string site, Guid id, CancellationToken cancellationToken)
    {
        var deleted = await database.ReadAsync(context =>
            context.EnrollmentTokens.Where(row => row.Id == id && row.Site == site).ExecuteDeleteAsync(cancellationToken));
        if (deleted > 0)
        {
            LogDeleted(id, site, principal);
        }
    }

    private static TokenRecord Record(EnrollmentTokenRow row) => new(row.Id, row.Site, row.CreatedAt, row.ExpiresAt, row.UsedAt, row.UsedBy, row.SerialNumber);

    [LoggerMessage(EventId = 3041, Level = LogLevel.Information, Message = "Enrolment token {Token} for the site {Site} was made by {Principal}, good for {Lifetime}")]
    private partial void LogCreated(Guid token, string site, string principal, TimeSpan lifetime);

    [LoggerMessage(EventId = 3042, Level = LogLevel.Information, Message = "Enrolment token {Token} for the site {Site} was deleted by {Principal}")]
    private partial void LogDeleted(Guid token, string site, string principal);
}
