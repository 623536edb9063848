using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.DataPlane.Hosting;
using Gateway.Model.Plugins.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.Redis;

/// <summary>
/// The process's connections to Redis: one for equal settings, whoever asks and however often the configuration is published. Closed once the last plugin
/// instance that held it is gone, requests in flight included, which the garbage collector knows best.
/// </summary>
internal sealed class RedisConnections(ILogger<RedisConnection> logger) : BackgroundService, IStatusSection
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public string Name => "redis";

    /// <summary>Open connections, those of plugins that are gone but not yet collected included.</summary>
    public int Count => _entries.Count;

    /// <summary>The connection for these settings. Returns at once: connecting goes on beside.</summary>
    public RedisConnection Get(RedisConfig config)
    {
        var key = JsonSerializer.Serialize(config);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var known) && known.Handle.TryGetTarget(out var connection))
            {
                return connection;
            }

            var link = known?.Link ?? new RedisLink(config, logger);
            connection = new RedisConnection(link);
            _entries[key] = new Entry(new WeakReference<RedisConnection>(connection), link);
            return connection;
        }
    }

    /// <summary>Closes what nobody holds any more.</summary>
    public async Task SweepAsync()
    {
        foreach (var entry in _entries)
        {
            if (TryRemove(entry))
            {
                await entry.Value.Link.DisposeAsync();
            }
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var entry in _entries.Values.OrderBy(entry => entry.Link.Address, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("address", entry.Link.Address);
            json.WriteBoolean("available", entry.Link.IsAvailable);
            json.WriteNumber("failures", entry.Link.Failures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var entry in _entries)
        {
            if (_entries.TryRemove(entry))
            {
                await entry.Value.Link.DisposeAsync();
            }
        }
    }

    // Under the same lock that hands connections out: who comes a moment later gets a new one.
    private bool TryRemove(KeyValuePair<string, Entry> entry)
    {
        lock (_gate)
        {
            return !entry.Value.Handle.TryGetTarget(out _) && _entries.TryRemove(entry);
        }
    }

    private sealed record Entry(WeakReference<RedisConnection> Handle, RedisLink Link);
}
