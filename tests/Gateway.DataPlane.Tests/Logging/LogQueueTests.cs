using System.Collections.Concurrent;
using System.Text;
using Gateway.DataPlane.Logging;
using Gateway.Model.Plugins;
using Gateway.Tunnel.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DataPlane.Tests.Logging;

public sealed class LogQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DroppedRecords _dropped = new();
    private readonly PluginLogging _logging;
    private readonly ConcurrentQueue<string[]> _batches = new();

    public LogQueueTests() => _logging = new PluginLogging(_dropped, TimeProvider.System, NullLogger<PluginLogging>.Instance);

    [Fact]
    public async Task Records_go_out_one_by_one_and_in_order()
    {
        var queue = Create(new QueueConfig());

        Add(queue, "a", "b", "c");
        await queue.Working.WaitAsync(Patience);

        Assert.Equal(["a", "b", "c"], _batches.Select(batch => Assert.Single(batch)));
    }

    [Fact]
    public async Task A_batch_waits_for_more_until_it_is_full()
    {
        var queue = Create(new QueueConfig { MaxBatchSize = 3, MaxCoalescingDelay = 3600 });

        Add(queue, "a", "b", "c");
        await queue.Working.WaitAsync(Patience);

        Assert.Equal(["a", "b", "c"], Assert.Single(_batches));
    }

    [Fact]
    public async Task A_batch_that_does_not_fill_goes_out_after_its_delay()
    {
        var queue = Create(new QueueConfig { MaxBatchSize = 100, MaxCoalescingDelay = 0.05 });

        Add(queue, "a", "b");
        await queue.Working.WaitAsync(Patience);

        Assert.Equal(["a", "b"], _batches.SelectMany(batch => batch));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(100, 2L)]
    public async Task Beyond_the_bounds_the_oldest_are_dropped_and_counted(int entries, long? bytes)
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var queue = _logging.CreateQueue("test", new QueueConfig { MaxEntries = entries, MaxBytes = bytes }, async (batch, _) =>
        {
            entered.TrySetResult();
            await gate.Task;
            _batches.Enqueue([.. batch.Select(Encoding.UTF8.GetString)]);
            return null;
        });
        Add(queue, "0");
        await entered.Task.WaitAsync(Patience);

        Add(queue, "a", "b", "c", "d");
        gate.SetResult();
        await queue.Working.WaitAsync(Patience);

        Assert.Equal(["0", "c", "d"], _batches.SelectMany(batch => batch));
        Assert.Equal(2, Dropped());
    }

    [Fact]
    public async Task A_batch_is_tried_again_and_arrives_once()
    {
        var tries = 0;
        var queue = _logging.CreateQueue("test", new QueueConfig { InitialRetryDelay = 0.001 }, (batch, _) =>
        {
            if (++tries < 4)
            {
                return tries == 2 ? throw new InvalidOperationException("broken") : new ValueTask<string?>("away");
            }

            _batches.Enqueue([.. batch.Select(Encoding.UTF8.GetString)]);
            return default;
        });

        Add(queue, "a");
        await queue.Working.WaitAsync(Patience);

        Assert.Equal("a", Assert.Single(Assert.Single(_batches)));
        Assert.Equal((4, 0), (tries, Dropped()));
    }

    [Fact]
    public async Task What_cannot_be_sent_for_too_long_is_dropped_and_the_next_goes_on()
    {
        var queue = _logging.CreateQueue("test", new QueueConfig { MaxRetryTime = -1 }, (batch, _) =>
        {
            var record = Encoding.UTF8.GetString(batch[0]);
            _batches.Enqueue([record]);
            return new ValueTask<string?>(record == "bad" ? "refused" : null);
        });

        Add(queue, "bad", "good");
        await queue.Working.WaitAsync(Patience);

        Assert.Equal(["bad", "good"], _batches.SelectMany(batch => batch));
        Assert.Equal(1, Dropped());
    }

    [Fact]
    public async Task The_end_of_the_process_waits_for_what_is_queued_and_for_nothing_else()
    {
        var queue = Create(new QueueConfig { MaxBatchSize = 100, MaxCoalescingDelay = 3600 });
        Add(queue, "a");

        await _logging.DrainAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal("a", Assert.Single(Assert.Single(_batches)));
    }

    [Fact]
    public async Task Of_many_writers_no_record_is_lost()
    {
        var queue = Create(new QueueConfig { MaxBatchSize = 7, MaxCoalescingDelay = 0, MaxEntries = 1_000_000 });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                queue.Add(Encoding.UTF8.GetBytes($"{writer}-{i}"));
            }
        })));
        await _logging.DrainAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(20_000, _batches.SelectMany(batch => batch).Distinct().Count());
        Assert.All(_batches, batch => Assert.InRange(batch.Length, 1, 7));
    }

    private LogQueue Create(QueueConfig config) => _logging.CreateQueue("test", config, (batch, _) =>
    {
        _batches.Enqueue([.. batch.Select(Encoding.UTF8.GetString)]);
        return default;
    });

    private static void Add(LogQueue queue, params string[] records)
    {
        foreach (var record in records)
        {
            queue.Add(Encoding.UTF8.GetBytes(record));
        }
    }

    private long Dropped()
    {
        var points = new List<MetricPoint>();
        _dropped.Collect(points);
        return points.Sum(point => point.Count);
    }
}
