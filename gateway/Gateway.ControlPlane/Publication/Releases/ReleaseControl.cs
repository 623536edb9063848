using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>
/// Moves the releases: each move is one transaction under the head's lock, so that replicas and writers agree on their order, and is recorded.
/// </summary>
internal sealed partial class ReleaseControl(
    StoreDatabase database, ReleaseReader reader, StoreSignals signals, TimeProvider time, ILogger<ReleaseControl> logger)
{
    /// <summary>Opens a stage, or moves the open one.</summary>
    /// <param name="labels">Which sites: those with all of these labels. Null: those of the open stage.</param>
    /// <param name="revision">Null: the newest.</param>
    /// <param name="terms">Null: the open stage's, or the defaults.</param>
    public Task<Result<ReleaseStatus>> StageAsync(
        WriteOrigin origin, IReadOnlyDictionary<string, string>? labels, long? revision, StageTerms? terms, CancellationToken cancellationToken) =>
        MoveAsync(origin, async move =>
        {
            var open = move.Stage;
            var wanted = labels ?? (open is null ? null : LabelsJson.Read(open.Labels));
            if (wanted is null)
            {
                return Invalid("sites", "required field missing; allowed: labels with values, such as {\"ring\": \"canary\"}");
            }

            if (await CheckRevisionAsync(move, "revision", revision, cancellationToken) is { } unknown)
            {
                return unknown;
            }

            var sites = await ReleaseReader.SitesAsync(move.Context, wanted, cancellationToken);
            if (sites.Count == 0)
            {
                return Invalid("sites", "no registered site has these labels; allowed: labels of at least one site of /clustering/sites");
            }

            var target = revision ?? move.Head.Revision;
            if (open is null)
            {
                open = new ReleaseRow { Channel = Release.StageChannel };
                move.Context.Releases.Add(open);
            }

            var record = await RecordAsync(move, open, LabelsJson.Write(wanted), sites, terms, cancellationToken);
            (open.Revision, open.Labels, open.Stage) = (target, LabelsJson.Write(wanted), StageJson.Write(record));
            Record(move, ReleaseAction.Staged, target, reason: null);
            return null;
        }, cancellationToken);

    /// <summary>Gives everyone the staged revision, and what waited for it; without a stage, what was held after an abort or a rollback.</summary>
    public Task<Result<ReleaseStatus>> PromoteAsync(WriteOrigin origin, CancellationToken cancellationToken) =>
        MoveAsync(origin, move =>
        {
            if (move.Stage is null && !move.Stable.Held)
            {
                return Task.FromResult<ConfigurationError?>(Conflict("nothing to promote: no stage is open, and every revision is released at once"));
            }

            if (move.Stage is not null)
            {
                move.Context.Releases.Remove(move.Stage);
            }

            // A stage of an older revision is a rollback that was tried out first: promoting it rolls all back, and what came after stays held.
            var staged = move.Stage?.Revision;
            var back = staged < move.Stable.Revision;
            (move.Stable.Revision, move.Stable.Held) = back ? (staged!.Value, true) : (move.Head.Revision, false);
            Record(move, back ? ReleaseAction.RolledBack : ReleaseAction.Promoted, move.Stable.Revision, reason: null);
            return Task.FromResult<ConfigurationError?>(null);
        }, cancellationToken);

    /// <summary>Gives the staged sites what the others run. What is in the log stays there, and waits.</summary>
    public Task<Result<ReleaseStatus>> AbortAsync(WriteOrigin origin, string? reason, CancellationToken cancellationToken) =>
        MoveAsync(origin, move => Task.FromResult(Abort(move, reason)), cancellationToken);

    /// <summary>As <see cref="AbortAsync"/>, unless the stage has moved since it was judged, or another replica was first.</summary>
    public Task<Result<ReleaseStatus>> AbortIfAsync(StageRecord judged, string reason, CancellationToken cancellationToken) =>
        MoveAsync(WriteOrigin.System("automatic abort"), move => Task.FromResult(
            move.Stage is { } stage && StageJson.Read(stage.Stage!) == judged ? Abort(move, reason) : Conflict("the stage has moved meanwhile")), cancellationToken);

    /// <summary>Gives everyone an earlier revision, at once, and ends an open stage. Later writes wait.</summary>
    public Task<Result<ReleaseStatus>> RollbackAsync(WriteOrigin origin, long to, string? reason, CancellationToken cancellationToken) =>
        MoveAsync(origin, async move =>
        {
            if (await CheckRevisionAsync(move, "to", to, cancellationToken) is { } unknown)
            {
                return unknown;
            }

            if (move.Stage is not null)
            {
                move.Context.Releases.Remove(move.Stage);
            }

            (move.Stable.Revision, move.Stable.Held) = (to, true);
            Record(move, ReleaseAction.RolledBack, to, reason);
            return null;
        }, cancellationToken);

    private ConfigurationError? Abort(ReleaseTransaction move, string? reason)
    {
        if (move.Stage is not { } stage)
        {
            return Conflict("no stage is open");
        }

        move.Context.Releases.Remove(stage);
        // Where nothing waits, there is nothing that should not reach everyone.
        move.Stable.Held = move.Stable.Held || move.Head.Revision > move.Stable.Revision;
        Record(move, ReleaseAction.Aborted, stage.Revision, reason);
        return null;
    }

    private async Task<StageRecord> RecordAsync(
        ReleaseTransaction move, ReleaseRow stage, string labels, IReadOnlyCollection<string> sites, StageTerms? terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var minute = StagedTraffic.MinuteOf(now);
        var open = stage.Stage is null ? null : StageJson.Read(stage.Stage);
        // What the same sites served while an earlier revision was staged is not what they served before.
        var before = stage.Labels == labels && open is not null
            ? open.Before
            : await StagedTraffic.CountAsync(move.Context, sites, minute - (long)StagedTraffic.Window.TotalSeconds, cancellationToken);
        var atStart = await StagedTraffic.CountAsync(move.Context, sites, minute, cancellationToken);
        return new StageRecord(move.Origin.Principal, open?.OpenedAt ?? now, now, terms ?? open?.Terms ?? StageTerms.Default, before, minute, atStart);
    }

    /// <summary>Runs the move; nothing happens where it returns an error.</summary>
    private async Task<Result<ReleaseStatus>> MoveAsync(WriteOrigin origin, Func<ReleaseTransaction, Task<ConfigurationError?>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = database.CreateContext();
            HeadRow head;
            ReleaseStatus status;
            await using (var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken))
            {
                head = await database.LockHeadAsync(context, cancellationToken);
                var rows = await context.Releases.ToListAsync(cancellationToken);
                head.ReleaseVersion++;
                var move = new ReleaseTransaction(
                    context, head, rows.Single(row => row.Channel == Release.StableChannel), rows.SingleOrDefault(row => row.Channel == Release.StageChannel), origin);
                if (await work(move) is { } error)
                {
                    return error;
                }

                await context.SaveChangesAsync(cancellationToken);
                status = await reader.ReadAsync(context, cancellationToken);
                await database.NotifyAsync(context, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            signals.See(head);
            Log(status.Moves[0]);
            return status;
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable or StoreFailure.Conflict)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }
    }

    private void Record(ReleaseTransaction move, ReleaseAction action, long revision, string? reason) => move.Context.ReleaseMoves.Add(new ReleaseMoveRow
    {
        Number = move.Head.ReleaseVersion,
        Action = action.ToString(),
        Revision = revision,
        Principal = move.Origin.Principal,
        SourceAddress = move.Origin.SourceAddress,
        Reason = reason,
        Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
    });

    /// <summary>Null where the revision exists and everything after it can be undone.</summary>
    private static async Task<ConfigurationError?> CheckRevisionAsync(ReleaseTransaction move, string field, long? revision, CancellationToken cancellationToken)
    {
        var head = move.Head.Revision;
        if (revision is not { } wanted || wanted == head)
        {
            return null;
        }

        var oldest = await move.Context.Revisions.MinAsync(row => (long?)row.Revision, cancellationToken) ?? head;
        return wanted >= 1 && wanted >= oldest - 1 && wanted <= head
            ? null
            : Invalid(field, string.Create(CultureInfo.InvariantCulture, $"revision {wanted} is not in the log; allowed: {Math.Max(1, oldest - 1)} to {head}"));
    }

    private static ConfigurationError Invalid(string field, string problem) => ConfigurationError.Violation(new JsonObject { [field] = problem });

    private static ConfigurationError Conflict(string problem) => new(ErrorCode.ReleaseConflict, problem);

    private void Log(ReleaseMove move)
    {
        switch (move.Action)
        {
            case ReleaseAction.Staged:
                LogStaged(move.Revision, move.Principal);
                break;
            case ReleaseAction.Promoted:
                LogPromoted(move.Revision, move.Principal);
                break;
            case ReleaseAction.Aborted:
                LogAborted(move.Revision, move.Principal, move.Reason ?? "no reason given");
                break;
            default:
                LogRolledBack(move.Revision, move.Principal);
                break;
        }
    }

    [LoggerMessage(EventId = 3060, Level = LogLevel.Information, Message = "Revision {Revision} was staged by {Principal}")]
    private partial void LogStaged(long revision, string principal);

    [LoggerMessage(EventId = 3061, Level = LogLevel.Information, Message = "Revision {Revision} was promoted by {Principal}: every site gets it")]
    private partial void LogPromoted(long revision, string principal);

    [LoggerMessage(EventId = 3062, Level = LogLevel.Warning, Message = "The stage of revision {Revision} was aborted by {Principal}: {Reason}")]
    private partial void LogAborted(long revision, string principal, string reason);

    [LoggerMessage(EventId = 3063, Level = LogLevel.Warning, Message = "The release was rolled back to revision {Revision} by {Principal}")]
    private partial void LogRolledBack(long revision, string principal);
}
