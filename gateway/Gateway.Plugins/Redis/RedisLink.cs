using System.Globalization;
using Gateway.Model.Plugins.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Gateway.Plugins.Redis;

/// <summary>
/// One connection (per node), and whether Redis answers over it. The first call that fails or is late turns it unavailable: the calls after it fail at once, and one
/// probe asks with growing pauses until Redis answers again. So an outage costs the time-out of the few requests that find it, not of every one, and Redis comes back
/// to one probe, not to a storm.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // A server that says one of these has answered, but not as one that can serve.
    private static readonly string[] Unfit = ["LOADING", "MASTERDOWN", "CLUSTERDOWN", "READONLY", "MISCONF", "OOM", "NOAUTH", "WRONGPASS", "TRYAGAIN"];

    private readonly ILogger _logger;
    private readonly TimeSpan _limit;
    private readonly IamAuthentication? _iam;
    private readonly Task<ConnectionMultiplexer> _connecting;
    private readonly CancellationTokenSource _closing = new();
    private readonly int _database;
    private volatile IDatabase? _connected;
    private volatile Task? _probe;
    private long _failures;
    private int _isAway;

    public RedisLink(RedisConfig config, ILogger logger)
    {
        _logger = logger;
        _limit = TimeSpan.FromMilliseconds(config.Timeout ?? config.ReadTimeout);
        _database = config.Database;
        Address = config.ClusterNodes is { Count: > 0 } nodes
            ? string.Join(',', nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Ip}:{node.Port}")))
            : string.Create(CultureInfo.InvariantCulture, $"{config.Host}:{config.Port}");
        _iam = config.CloudAuthentication.AuthProvider == "aws" ? new IamAuthentication(config, logger) : null;
        _connecting = Task.Run(() => ConnectAsync(config));
    }

    /// <summary>Where it leads, without credentials.</summary>
    public string Address { get; }

    public bool IsAvailable => Volatile.Read(ref _isAway) == 0;

    /// <summary>Calls that Redis did not answer in time, or could not be asked.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Runs one command. Null where Redis is away or took too long.</summary>
    /// <param name="key">Of the command: its server is the one that is probed until it answers.</param>
    public async ValueTask<TReply?> TryAsync<TReply, TCall>(Func<IDatabase, TCall, Task<TReply>> command, RedisKey key, TCall call)
        where TReply : class
    {
        if (!IsAvailable)
        {
            Interlocked.Increment(ref _failures);
            return null;
        }

        try
        {
            var database = _connected ?? await FirstConnectionAsync();
            try
            {
                return await command(database, call).WaitAsync(_limit);
            }
            catch (RedisServerException unknown) when (unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                // Flushed behind our back: the client has noticed, and sends the script itself.
                return await command(database, call).WaitAsync(_limit);
            }
        }
        catch (Exception failure) when (IsRedis(failure))
        {
            Interlocked.Increment(ref _failures);
            TurnAway(key, failure);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_probe is { } probe)
        {
            await probe;
        }

        if (_iam is not null)
        {
            await _iam.DisposeAsync();
        }

        try
        {
            await (await _connecting).DisposeAsync();
        }
        catch (Exception failure) when (IsRedis(failure))
        {
            RedisLog.CloseFailed(_logger, Address, failure);
        }

        _closing.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(RedisConfig config)
    {
        if (_iam is not null)
        {
            await _iam.StartAsync(_closing.Token);
        }

        var multiplexer = await ConnectionMultiplexer.ConnectAsync(RedisOptions.Of(config, _iam));
        _iam?.Attach(multiplexer);
        _connected = multiplexer.GetDatabase(_database);
        return multiplexer;
    }

    private async Task<IDatabase> FirstConnectionAsync() => (await _connecting.WaitAsync(_limit)).GetDatabase(_database);

    private void TurnAway(RedisKey key, Exception failure)
    {
        if (Interlocked.CompareExchange(ref _isAway, 1, 0) == 0 && !_closing.IsCancellationRequested)
        {
            RedisLog.Away(_logger, Address, failure);
            _probe = Task.Run(() => ProbeAsync(key));
        }
    }

    private async Task ProbeAsync(RedisKey key)
    {
        var pause = FirstPause;
        try
        {
            while (true)
            {
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), _closing.Token);
                if (await IsAnsweringAsync(key))
                {
                    break;
                }

                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            Volatile.Write(ref _isAway, 0);
            RedisLog.Back(_logger, Address, Failures);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<bool> IsAnsweringAsync(RedisKey key)
    {
        try
        {
            var database = _connected ?? await FirstConnectionAsync();
            await database.KeyExistsAsync(key).WaitAsync(_limit);
            return true;
        }
        catch (RedisServerException answer)
        {
            // A user may lack the right to ask for a key's existence; that it was told so is an answer.
            return !Unfit.Any(word => answer.Message.StartsWith(word, StringComparison.Ordinal));
        }
        catch (Exception failure) when (IsRedis(failure))
        {
            return false;
        }
    }

    private static bool IsRedis(Exception failure) => failure is RedisException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException or Amazon.Runtime.AmazonClientException;
}
