using Gateway.ControlPlane.Store.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Store.Starting;

/// <summary>Deletes what is older than the options say, once an hour.</summary>
internal sealed partial class Retention(StoreDatabase database, ControlPlaneOptions options, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ApplyAsync(stoppingToken);
                }
                catch (Exception exception) when (database.Classify(exception) != StoreFailure.Other)
                {
                    LogPutOff(exception.GetBaseException().Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    internal async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldestMinute = (now - options.AnalyticsRetention).ToUnixTimeSeconds();
        var oldestInstance = (now - options.InstanceRetention).ToUnixTimeMilliseconds();
        var oldestPoint = (now - options.InstanceRetention - DateTimeOffset.UnixEpoch).Ticks;
        await using var context = database.CreateContext();
        await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
        if (!await database.TryLeadAsync(context, cancellationToken))
        {
            // Another replica is at it.
            return;
        }

        await context.RequestMinutes.Where(row => row.Minute < oldestMinute).ExecuteDeleteAsync(cancellationToken);
        await context.Instances.Where(row => row.LastSeen < oldestInstance).ExecuteDeleteAsync(cancellationToken);
        await context.TelemetryPoints.Where(row => row.Time < oldestPoint).ExecuteDeleteAsync(cancellationToken);
        var oldestCertificate = (now - options.InstanceRetention - options.CertificateGrace).ToUnixTimeSeconds();
        await context.EnrollmentTokens.Where(row => row.ExpiresAt < oldestCertificate).ExecuteDeleteAsync(cancellationToken);
        await context.IssuedCertificates.Where(row => row.NotAfter < oldestCertificate).ExecuteDeleteAsync(cancellationToken);
        // A release may stand still behind the head while a stage is open: what it needs stays.
        var released = await context.Releases.MinAsync(row => row.Revision, cancellationToken);
        var oldestRevision = Math.Min(released, await context.Head.MaxAsync(row => row.Revision, cancellationToken) - options.RevisionRetention);
        await context.Revisions.Where(row => row.Revision <= oldestRevision).ExecuteDeleteAsync(cancellationToken);
        var oldestMove = (now - options.ReleaseMoveRetention).ToUnixTimeMilliseconds();
        await context.ReleaseMoves.Where(row => row.Time < oldestMove).ExecuteDeleteAsync(cancellationToken);
        var oldestRecord = (now - options.Access.AuditRetention).ToUnixTimeMilliseconds();
        await context.Audit.Where(row => row.Time < oldestRecord).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 3030, Level = LogLevel.Warning, Message = "Old records were not deleted, which is tried again in an hour: {Reason}")]
    private partial void LogPutOff(string reason);
}
