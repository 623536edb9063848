using System.Threading.Channels;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Access.Audit;

/// <summary>
/// Records who did what. Each record is a log line at once and a row of the database a moment later, in batches, so that a write costs one transaction and not two; who made a revision is part of
/// the revision's own transaction. While the database is away, records wait, up to <see cref="MostWaiting"/>; one that finds no place is in the log lines alone, which say so.
/// </summary>
internal sealed partial class AuditLog(StoreDatabase database, TimeProvider time, ILogger<AuditLog> logger) : BackgroundService
{
    public const int MostWaiting = 10_000;

    private const int BatchSize = 500;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditRecord> _waiting = Channel.CreateBounded<AuditRecord>(new BoundedChannelOptions(MostWaiting) { SingleReader = false });
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly List<AuditRecord> _batch = [];
    private readonly AuditIds _ids = new();

    public void Wrote(HttpContext context, string principal, string path, int status, long? revision, string? reason)
    {
        var record = Record(context, status is StatusCodes.Status403Forbidden ? AuditEvents.Denied : AuditEvents.Write, principal, path, status, revision, reason);
        LogWrite(principal, record.SourceAddress, record.Method, path, status, revision);
        Add(record);
    }

    public void Refused(HttpContext context, string path, string reason)
    {
        var record = Record(context, AuditEvents.AuthenticationFailed, principal: null, path, StatusCodes.Status401Unauthorized, revision: null, reason);
        LogRefused(record.SourceAddress, record.Method, path, reason);
        Add(record);
    }

    public void Throttled(HttpContext context, string path, string reason)
    {
        var record = Record(context, AuditEvents.Throttled, principal: null, path, StatusCodes.Status429TooManyRequests, revision: null, reason);
        LogThrottled(record.SourceAddress, record.Method, path, reason);
        Add(record);
    }

    /// <summary>Writes everything that waits.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            do
            {
                while (_batch.Count < BatchSize && _waiting.Reader.TryRead(out var record))
                {
                    _batch.Add(record);
                }

                if (_batch.Count > 0)
                {
                    await StoreAsync(cancellationToken);
                    _batch.Clear();
                }
            }
            while (_waiting.Reader.TryPeek(out _));
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Also writes what is left.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (database.Classify(exception) is not StoreFailure.Other)
        {
            LogLost(_batch.Count + _waiting.Reader.Count, exception.GetBaseException().Message);
        }
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        try
        {
            while (failing || await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                try
                {
                    await FlushAsync(stoppingToken);
                    failing = false;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    if (!failing)
                    {
                        LogPutOff(exception.GetBaseException().Message);
                    }

                    failing = true;
                    await Task.Delay(RetryDelay, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private AuditRecord Record(HttpContext context, string kind, string? principal, string path, int status, long? revision, string? reason)
    {
        var now = time.GetUtcNow();
        return new AuditRecord(_ids.Next(now), now, kind, principal, AddressOf(context), context.Request.Method, Printable(path), status, revision, reason is null ? null : Printable(reason));
    }

    // Both may repeat what a client wrote. One record that no database takes would hold up all that come after it; and a line is one line.
    private static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) : text;

    private void Add(AuditRecord record)
    {
        if (!_waiting.Writer.TryWrite(record))
        {
            LogFull(MostWaiting);
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
        // A commit whose answer was lost is tried again: what is there already stays.
        var ids = _batch.ConvertAll(record => record.Id);
        var known = await context.Audit.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToHashSetAsync(cancellationToken);
        context.Audit.AddRange(_batch.Where(record => !known.Contains(record.Id)).Select(Row));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static AuditRow Row(AuditRecord record) => new()
    {
        Id = record.Id,
        Time = record.Time.ToUnixTimeMilliseconds(),
        Event = record.Event,
        Principal = record.Principal,
        SourceAddress = record.SourceAddress,
        Method = record.Method,
        Path = record.Path,
        Status = record.Status,
        Revision = record.Revision,
        Reason = record.Reason,
    };

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "Audit: {Principal} from {Address}: {Method} {Path} was answered {Status}, revision {Revision}")]
    private partial void LogWrite(string principal, string? address, string method, string path, int status, long? revision);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Audit: nobody known from {Address}: {Method} {Path} was refused: {Reason}")]
    private partial void LogRefused(string? address, string method, string path, string reason);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Warning, Message = "Audit: too many failures from {Address}, the last one {Method} {Path}: {Reason}; more are not recorded until it has waited")]
    private partial void LogThrottled(string? address, string method, string path, string reason);

    [LoggerMessage(EventId = 3204, Level = LogLevel.Warning, Message = "Audit records are written to the database later: {Reason}")]
    private partial void LogPutOff(string reason);

    [LoggerMessage(EventId = 3205, Level = LogLevel.Error, Message = "An audit record is in this log alone: {Count} wait for the database already")]
    private partial void LogFull(int count);

    [LoggerMessage(EventId = 3206, Level = LogLevel.Error, Message = "{Count} audit records are in this log alone, since the process ends with the database away: {Reason}")]
    private partial void LogLost(int count, string reason);
}
