using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Logging;

/// <summary>What logging plugins share: the form of a record, queues, and that nothing queued is lost when the process ends.</summary>
public sealed class PluginLogging
{
    private readonly ConcurrentDictionary<LogQueue, byte> _busy = new();
    private readonly RequestRecord _record;
    private readonly DroppedRecords _dropped;
    private readonly TimeProvider _time;
    private readonly ILogger<PluginLogging> _logger;

    internal PluginLogging(DroppedRecords dropped, TimeProvider time, ILogger<PluginLogging> logger)
    {
        _record = new RequestRecord(time);
        _dropped = dropped;
        _time = time;
        _logger = logger;
    }

    /// <summary>Ends no later than the process is stopped: queues no longer wait for more records or before another try.</summary>
    internal CancellationTokenSource Draining { get; } = new();

    /// <summary>A finished request in Kong's log format, as UTF-8 JSON. Only in the log phase.</summary>
    public byte[] Serialize(RequestContext context) => _record.Serialize(context);

    /// <summary>A queue of its own for one plugin instance. It needs no end: it works while there are records, and is forgotten with its instance.</summary>
    /// <param name="plugin">The plugin's name, for logs and metrics.</param>
    /// <param name="send">Sends a batch: null where it arrived, otherwise what is wrong, without secrets.</param>
    public LogQueue CreateQueue(string plugin, QueueConfig config, Func<IReadOnlyList<byte[]>, CancellationToken, ValueTask<string?>> send) =>
        new(plugin, config, send, this, _time, _logger);

    internal void Begin(LogQueue queue) => _busy.TryAdd(queue, 0);

    internal void End(LogQueue queue) => _busy.TryRemove(queue, out _);

    internal void CountDropped(string plugin, int records) => _dropped.Count(plugin, records);

    /// <summary>Waits until every queue is empty.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        await Draining.CancelAsync();
        foreach (var queue in _busy.Keys)
        {
            await queue.Working.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
