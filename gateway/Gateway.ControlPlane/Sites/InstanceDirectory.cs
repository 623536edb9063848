using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Sites;

/// <summary>Keeps the newest state of each instance, and writes what changed in the background.</summary>
internal sealed partial class InstanceDirectory(StoreDatabase database, ControlPlaneOptions options, TimeProvider time, ILogger<InstanceDirectory> logger) : BackgroundService, IInstanceDirectory
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // Long enough to merge what a fleet reports at once, short enough to be seen as it happens.
    private static readonly TimeSpan MergeDelay = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Guid, InstanceState> _pending = new();
    private readonly ConcurrentDictionary<Guid, HealthReport> _pendingHealth = new();
    private readonly SemaphoreSlim _reported = new(0, 1);

    public void Report(InstanceState state)
    {
        _pending.AddOrUpdate(state.Id, state, (_, known) => IsLater(known.LastSeen, state.LastSeen) ? known : state);
        Wake();
    }

    public void ReportHealth(Guid instance, HealthReport report)
    {
        _pendingHealth[instance] = report;
        Wake();
    }

    private void Wake()
    {
        lock (_reported)
        {
            if (_reported.CurrentCount == 0)
            {
                _reported.Release();
            }
        }
    }

    /// <summary>What was reported and is not in the database yet.</summary>
    public IReadOnlyCollection<InstanceState> Unwritten => [.. _pending.Values];

    /// <summary>Also writes what is left, so that a graceful stop shows its instances as disconnected.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogPutOff(exception.GetBaseException().Message);
        }
    }

    public override void Dispose()
    {
        _reported.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _reported.WaitAsync(stoppingToken);
                await Task.Delay(failing ? RetryDelay : MergeDelay, time, stoppingToken);
                await WriteAsync(stoppingToken);
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!failing)
                {
                    failing = true;
                    LogPutOff(exception.GetBaseException().Message);
                }
            }
        }
    }

    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        var states = new List<InstanceState>();
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var state))
            {
                states.Add(state);
            }
        }

        var health = new Dictionary<Guid, HealthReport>();
        foreach (var id in _pendingHealth.Keys)
        {
            if (_pendingHealth.TryRemove(id, out var report))
            {
                health.Add(id, report);
            }
        }

        if (states.Count == 0 && health.Count == 0)
        {
            return;
        }

        try
        {
            await StoreAsync(states, health, cancellationToken);
        }
        catch
        {
            // Unless a newer one came meanwhile, by whatever clock.
            states.ForEach(state => _pending.TryAdd(state.Id, state));
            foreach (var (id, report) in health)
            {
                _pendingHealth.TryAdd(id, report);
            }

            Wake();
            throw;
        }
    }

    private async Task StoreAsync(List<InstanceState> states, Dictionary<Guid, HealthReport> health, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
        // An instance changes replica: without this, two of them could both create its row.
        await database.LockNameAsync(context, "instances", cancellationToken);
        var ids = states.ConvertAll(state => state.Id);
        var rows = await context.Instances.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var state in states)
        {
            var seen = state.LastSeen.ToUnixTimeMilliseconds();
            if (!rows.TryGetValue(state.Id, out var row))
            {
                row = NewRow(state.Id);
                context.Instances.Add(row);
            }
            else if (IsLater(DateTimeOffset.FromUnixTimeMilliseconds(row.LastSeen), state.LastSeen))
            {
                // Another replica has heard of it since.
                continue;
            }

            Fill(row, state, seen);
        }

        await context.SaveChangesAsync(cancellationToken);
        if (health.Count > 0)
        {
            await InstanceHealthRows.ReplaceAsync(context, health, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>As it would be written.</summary>
    internal InstanceRow RowOf(InstanceState state)
    {
        var row = NewRow(state.Id);
        Fill(row, state, state.LastSeen.ToUnixTimeMilliseconds());
        return row;
    }

    private static InstanceRow NewRow(Guid id) => new() { Id = id, Site = "", Hostname = "", Ip = "", Version = "", Plugins = "{}", ConfigurationHash = "", SyncStatus = "" };

    /// <summary>What comes from the future is not later: a clock was wrong, and is not any more.</summary>
    private bool IsLater(DateTimeOffset known, DateTimeOffset reported) => known > reported && known <= time.GetUtcNow() + options.InstanceDeadAfter;

    private void Fill(InstanceRow row, InstanceState state, long seen)
    {
        row.Site = state.Site;
        row.Hostname = state.Hostname;
        row.Ip = state.Ip;
        row.Version = state.Version;
        row.Plugins = LabelsJson.Write(state.Plugins);
        row.Revision = state.Revision;
        row.ConfigurationHash = state.ConfigurationHash;
        row.SyncStatus = JsonNamingPolicy.SnakeCaseLower.ConvertName(state.SyncStatus.ToString());
        row.LastRefusal = state.LastRefusal;
        row.RefusedRevision = state.RefusedRevision;
        row.Incompatibilities = JsonSerializer.Serialize(state.Incompatibilities, StoreJson.Default.IReadOnlyListModelError);
        row.Connected = state.Connected;
        row.LastSeen = seen;
        row.UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        row.CertificateExpiry = state.CertificateExpiry.ToUnixTimeMilliseconds();
        row.CertificateAuthority = state.CertificateAuthority;
    }

    [LoggerMessage(EventId = 3050, Level = LogLevel.Warning, Message = "The states of instances are written later: {Reason}")]
    private partial void LogPutOff(string reason);
}
