using Gateway.Model.Plugins;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Logging;

/// <summary>
/// Records on their way out, after Kong's queue: in batches, tried again with growing delays, bounded by count and bytes. What exceeds the bounds, or cannot be sent for
/// too long, is dropped (the oldest first) and counted. Requests never wait for it.
/// </summary>
public sealed class LogQueue
{
    private const int Unlimited = -1;

    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _waiting = new();
    private readonly string _plugin;
    private readonly QueueConfig _config;
    private readonly Func<IReadOnlyList<byte[]>, CancellationToken, ValueTask<SendOutcome>> _send;
    private readonly Func<IReadOnlyList<byte[]>, bool>? _keep;
    private readonly PluginLogging _owner;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _bytes;
    private bool _isWorking;
    private bool _isFull;
    private TaskCompletionSource _batchIsThere = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal LogQueue(
        string plugin,
        QueueConfig config,
        Func<IReadOnlyList<byte[]>, CancellationToken, ValueTask<SendOutcome>> send,
        Func<IReadOnlyList<byte[]>, bool>? keep,
        PluginLogging owner,
        TimeProvider time,
        ILogger logger)
    {
        _plugin = plugin;
        _config = config;
        _send = send;
        _keep = keep;
        _owner = owner;
        _time = time;
        _logger = logger;
    }

    /// <summary>Ends when there is nothing left to send.</summary>
    internal Task Working { get; private set; } = Task.CompletedTask;

    public void Add(byte[] record)
    {
        var dropped = 0;
        var begins = false;
        lock (_lock)
        {
            _waiting.Enqueue(record);
            _bytes += record.Length;
            while (_waiting.Count > _config.MaxEntries || _bytes > (_config.MaxBytes ?? long.MaxValue))
            {
                _bytes -= _waiting.Dequeue().Length;
                dropped++;
            }

            begins = dropped > 0 && !_isFull;
            _isFull = dropped > 0;
            if (_waiting.Count >= _config.MaxBatchSize)
            {
                _batchIsThere.TrySetResult();
            }

            if (!_isWorking && _waiting.Count > 0)
            {
                _isWorking = true;
                _owner.Begin(this);
                Working = Task.Run(WorkAsync);
            }
        }

        if (dropped > 0)
        {
            _owner.CountDropped(_plugin, "queue_full", dropped);
        }

        if (begins)
        {
            LoggingLog.QueueIsFull(_logger, _plugin);
        }
    }

    private async Task WorkAsync()
    {
        var sending = new List<Task>();
        while (true)
        {
            if (_config.MaxBatchSize > 1)
            {
                await CoalesceAsync();
            }

            if (Take() is not { } batch)
            {
                await Task.WhenAll(sending);
                if (TryStop())
                {
                    return;
                }

                sending.Clear();
                continue;
            }

            if (_config.ConcurrencyLimit == Unlimited)
            {
                sending.RemoveAll(static task => task.IsCompleted);
                sending.Add(Task.Run(() => SendAsync(batch)));
            }
            else
            {
                await SendAsync(batch);
            }
        }
    }

    private async Task CoalesceAsync()
    {
        Task isThere;
        lock (_lock)
        {
            if (_waiting.Count >= _config.MaxBatchSize || _waiting.Count == 0)
            {
                return;
            }

            _batchIsThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            isThere = _batchIsThere.Task;
        }

        try
        {
            await isThere.WaitAsync(TimeSpan.FromSeconds(_config.MaxCoalescingDelay), _time, _owner.Draining.Token);
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            // No more came in time.
            return;
        }
    }

    private List<byte[]>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var batch = new List<byte[]>(Math.Min(_waiting.Count, _config.MaxBatchSize));
            while (batch.Count < _config.MaxBatchSize && _waiting.TryDequeue(out var record))
            {
                _bytes -= record.Length;
                batch.Add(record);
            }

            return batch;
        }
    }

    private bool TryStop()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
            {
                return false;
            }

            _isWorking = false;
            _owner.End(this);
            return true;
        }
    }

    private async Task SendAsync(IReadOnlyList<byte[]> batch)
    {
        var started = _time.GetTimestamp();
        var delay = TimeSpan.FromSeconds(_config.InitialRetryDelay);
        while (true)
        {
            var outcome = await TryAsync(batch);
            if (outcome.Problem is not { } problem)
            {
                return;
            }

            batch = outcome.Again ?? batch;
            if (_keep?.Invoke(batch) is true)
            {
                return;
            }

            if (outcome.RetryAfter is { } pause && pause > delay)
            {
                delay = pause;
            }

            if (_time.GetElapsedTime(started).TotalSeconds + delay.TotalSeconds > _config.MaxRetryTime || _owner.Draining.IsCancellationRequested)
            {
                _owner.CountDropped(_plugin, "not_sent", batch.Count);
                LoggingLog.BatchDropped(_logger, _plugin, batch.Count, problem);
                return;
            }

            LoggingLog.BatchFailed(_logger, _plugin, batch.Count, delay, problem);
            await Task.Delay(delay, _time, _owner.Draining.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = TimeSpan.FromSeconds(Math.Min(delay.TotalSeconds * 2, _config.MaxRetryDelay));
        }
    }

    private async ValueTask<SendOutcome> TryAsync(IReadOnlyList<byte[]> batch)
    {
        try
        {
            return await _send(batch, CancellationToken.None);
        }
        catch (Exception failure)
        {
            return new SendOutcome(failure.Message);
        }
    }
}
