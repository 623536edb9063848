using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Access.Tokens;

/// <summary>The personal tokens by their hashes, as last read: they are known while the database is away. Also remembers when each was used, and writes that down now and then.</summary>
internal sealed partial class TokenDirectory(StoreDatabase database, StoreSignals signals, TimeProvider time, ILogger<TokenDirectory> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _refresh = new(1, 1);
    private readonly ConcurrentDictionary<Guid, long> _used = new();
    private volatile FrozenDictionary<string, TokenRecord> _tokens = FrozenDictionary<string, TokenRecord>.Empty;

    /// <summary>Null where it is no token of ours.</summary>
    public async Task<AuthenticationResult?> FindAsync(string credential, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(TokenSecret.Hash(credential));
        if (!_tokens.TryGetValue(hash, out var token))
        {
            try
            {
                // It may have been made a moment ago, through another replica.
                await RefreshAsync(cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                return AuthenticationResult.CannotTell("the database is not available, and this token is not among those that were read from it before; try again");
            }

            if (!_tokens.TryGetValue(hash, out token))
            {
                return null;
            }
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (now >= token.ExpiresAt)
        {
            return AuthenticationResult.Refused($"the token {token.Prefix}… ({token.Name}) has expired");
        }

        _used[token.Id] = now;
        return AuthenticationResult.Of(token.ToPrincipal());
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that an older reading never replaces a newer one.
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            var rows = await database.ReadAsync(context => context.AccessTokens.AsNoTracking().ToListAsync(cancellationToken));
            _tokens = rows.ToFrozenDictionary(row => Convert.ToHexStringLower(row.SecretHash), AccessTokens.Record, StringComparer.Ordinal);
        }
        finally
        {
            _refresh.Release();
        }
    }

    /// <summary>Writes down when tokens were used.</summary>
    internal async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        var uses = new List<KeyValuePair<Guid, long>>();
        foreach (var id in _used.Keys)
        {
            if (_used.TryRemove(id, out var at))
            {
                uses.Add(KeyValuePair.Create(id, at));
            }
        }

        if (uses.Count is 0)
        {
            return;
        }

        try
        {
            await using var context = database.CreateContext();
            await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
            foreach (var (id, at) in uses)
            {
                await context.AccessTokens.Where(row => row.Id == id && (row.LastUsedAt == null || row.LastUsedAt < at))
                    .ExecuteUpdateAsync(row => row.SetProperty(token => token.LastUsedAt, at), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch
        {
            foreach (var (id, at) in uses)
            {
                _used.TryAdd(id, at);
            }

            throw;
        }
    }

    /// <summary>Also writes what is left.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteUsesAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _refresh.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(FollowAsync(stoppingToken), WriteAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in signals.Sites.WatchAsync(stoppingToken))
        {
            while (!await TryRefreshAsync(stoppingToken))
            {
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WriteInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryWriteUsesAsync(stoppingToken);
        }
    }

    // The outage itself is reported where replicas are listened to.
    private async Task<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private async Task TryWriteUsesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteUsesAsync(cancellationToken);
        }
        catch (Exception exception) when (database.Classify(exception) is not StoreFailure.Other)
        {
            LogPutOff(exception.GetBaseException().Message);
        }
    }

    [LoggerMessage(EventId = 3222, Level = LogLevel.Debug, Message = "When tokens were used is written down later: {Reason}")]
    private partial void LogPutOff(string reason);
}
