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

    /// <summary>Canceled when the process is about to end: whoever sends in the background stores what is left.</summary>
    public CancellationToken Stopping => Draining.Token;

    /// <summary>A finished request in Kong's log format, as UTF-8 JSON. Only in the log phase.</summary>
    public byte[] Serialize(RequestContext context) => _record.Serialize(context);

    /// <summary>A queue of its own for one plugin instance. It needs no end: it works while there are records, and is forgotten with its instance.</summary>
    /// <param name="plugin">The plugin's name, for logs and metrics.</param>
    /// <param name="send">Sends a batch: null where it arrived, otherwise what is wrong, without secrets.</param>
    public LogQueue CreateQueue(string plugin, QueueConfig config, Func<IReadOnlyList<byte[]>, CancellationToken, ValueTask<string?>> send) =>
        CreateQueue(plugin, config, async (batch, cancellationToken) => new SendOutcome(await send(batch, cancellationToken)), keep: null);

    /// <inheritdoc cref="CreateQueue(string, QueueConfig, Func{IReadOnlyList{byte[]}, CancellationToken, ValueTask{string}})"/>
    /// <param name="keep">Takes what was not sent at the first try, so that the queue need not hold it; false where it cannot. Null for nothing such.</param>
    public LogQueue CreateQueue(
        string plugin, QueueConfig config, Func<IReadOnlyList<byte[]>, CancellationToken, ValueTask<SendOutcome>> send, Func<IReadOnlyList<byte[]>, bool>? keep) =>
        new(plugin, config, send, keep, this, _time, _logger);

    /// <summary>Counts records that are given up.</summary>
    /// <param name="reason">One of few words, such as <c>refused</c>: it is a label of the metric.</param>
    public void CountDropped(string plugin, string reason, int records) => _dropped.Count(plugin, reason, records);

    internal void Begin(LogQueue queue) => _busy.TryAdd(queue, 0);

    internal void End(LogQueue queue) => _busy.TryRemove(queue, out _);

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
