using System.Security.Cryptography;
using System.Text.Json;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Enrollment;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites.Enrollment;

/// <inheritdoc cref="ICertificateLedger"/>
internal sealed class CertificateLedger(StoreDatabase database, TimeProvider time) : ICertificateLedger
{
    public async Task<TokenRedemption> RedeemAsync(
        Guid token, ReadOnlyMemory<byte> secret, string address, Func<string, SignedCertificate> sign, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
        var row = await context.EnrollmentTokens.AsNoTracking().SingleOrDefaultAsync(known => known.Id == token, cancellationToken);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.SecretHash, EnrollmentTokens.Hash(secret.Span)))
        {
            return TokenRedemption.Refused("the token is unknown");
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (row.ExpiresAt <= now)
        {
            return TokenRedemption.Refused($"the token {token} for the site {row.Site} has expired");
        }

        if (!await context.Sites.AnyAsync(site => site.Name == row.Site && site.Enabled, cancellationToken))
        {
            return TokenRedemption.Refused($"the token {token} is for the site {row.Site}, which is disabled");
        }

        // The database decides who is first: of two updates the second waits for the first one's commit, and then finds it used.
        var used = await context.EnrollmentTokens.Where(known => known.Id == token && known.UsedAt == null).ExecuteUpdateAsync(
            update => update.SetProperty(known => known.UsedAt, now).SetProperty(known => known.UsedBy, address), cancellationToken);
        if (used == 0)
        {
            return TokenRedemption.Refused($"the token {token} for the site {row.Site} was used before");
        }

        var certificate = sign(row.Site);
        await context.EnrollmentTokens.Where(known => known.Id == token).ExecuteUpdateAsync(
            update => update.SetProperty(known => known.SerialNumber, certificate.SerialNumber), cancellationToken);
        context.IssuedCertificates.Add(Row(certificate, address));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TokenRedemption.Redeemed(certificate);
    }

    public async Task RecordAsync(SignedCertificate certificate, string address, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
        context.IssuedCertificates.Add(Row(certificate, address));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private IssuedCertificateRow Row(SignedCertificate certificate, string address) => new()
    {
        SerialNumber = certificate.SerialNumber,
        Site = certificate.Site,
        Cause = JsonNamingPolicy.SnakeCaseLower.ConvertName(certificate.Cause.ToString()),
        Authority = certificate.Authority,
        Address = address,
        IssuedAt = time.GetUtcNow().ToUnixTimeSeconds(),
        NotAfter = certificate.NotAfter.ToUnixTimeSeconds(),
    };
}
