using Gateway.DataPlane.Logging;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>
/// Records that could not be sent, in the order in which they came: bounded, the oldest dropped first, kept over restarts of the process. While there are any, newer ones line up behind them. One process at a time
/// has a folder.
/// </summary>
internal sealed class DiskBuffer : IDisposable
{
    private const string Plugin = "opensearch-log";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly LinkedList<Segment> _segments = [];
    private readonly string _folder;
    private readonly PluginLogging _logging;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FileStream? _lock;
    private long _next;
    private long _bytes;
    private long _maximum;
    private bool _isWorking;
    private bool _isFull;
    private BulkClient _client;

    public DiskBuffer(string folder, BulkClient client, PluginLogging logging, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        _client = client;
        _logging = logging;
        _time = time;
        _logger = logger;
        try
        {
            Directory.CreateDirectory(folder);
            _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var segment in new DirectoryInfo(folder).EnumerateFiles().Select(Segment.Of).OfType<Segment>().OrderBy(static segment => segment.Number))
            {
                _segments.AddLast(segment);
                _bytes += segment.Bytes;
                _next = segment.Number + 1;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            OpenSearchLogLog.BufferFailed(logger, folder, failure.Message);
        }
    }

    /// <summary>Whether newer records have to line up.</summary>
    public bool HasRecords
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count > 0;
            }
        }
    }

    /// <summary>Takes the latest configuration's way out, and begins to send what is there.</summary>
    public void Use(BulkClient client, long maximumBytes)
    {
        lock (_gate)
        {
            _client = client;
            _maximum = maximumBytes;
            Begin();
        }
    }

    /// <summary>False where nothing can be written.</summary>
    public bool TryKeep(IReadOnlyList<byte[]> records)
    {
        if (_lock is null)
        {
            return false;
        }

        lock (_gate)
        {
            try
            {
                Add(Segment.Write(_folder, _next++, records));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                OpenSearchLogLog.BufferFailed(_logger, _folder, failure.Message);
                return false;
            }

            Begin();
            return true;
        }
    }

    /// <summary>Leaves the folder to the next process.</summary>
    public void Dispose() => _lock?.Dispose();

    private void Add(Segment segment)
    {
        _segments.AddLast(segment);
        _bytes += segment.Bytes;
        var dropped = 0;
        while (_bytes > _maximum && _segments.First is { } oldest && oldest.Value != segment)
        {
            dropped += oldest.Value.Records;
            Remove(oldest.Value);
        }

        if (dropped > 0)
        {
            _logging.CountDropped(Plugin, "buffer_full", dropped);
            if (!_isFull)
            {
                OpenSearchLogLog.BufferFull(_logger, _folder, dropped);
            }
        }

        _isFull = dropped > 0;
    }

    private void Remove(Segment segment)
    {
        if (_segments.Remove(segment))
        {
            _bytes -= segment.Bytes;
            File.Delete(segment.Path);
        }
    }

    private void Begin()
    {
        if (!_isWorking && _segments.Count > 0)
        {
            _isWorking = true;
            _ = Task.Run(WorkAsync);
        }
    }

    // Ends when all is sent, or with the process: what is left is there at the next start.
    private async Task WorkAsync()
    {
        var pause = FirstPause;
        while (Oldest() is { } segment)
        {
            if (_logging.Stopping.IsCancellationRequested)
            {
                return;
            }

            var outcome = await TrySendAsync(segment);
            if (outcome.Problem is null)
            {
                pause = FirstPause;
                continue;
            }

            OpenSearchLogLog.BufferWaits(_logger, _folder, outcome.Problem);
            var wait = outcome.RetryAfter is { } wanted && wanted > pause ? wanted : pause;
            await Task.Delay(wait, _time, _logging.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private Segment? Oldest()
    {
        lock (_gate)
        {
            if (_segments.First is { } oldest)
            {
                return oldest.Value;
            }

            _isWorking = false;
            return null;
        }
    }

    private async Task<SendOutcome> TrySendAsync(Segment segment)
    {
        try
        {
            if (segment.Read() is not { } records)
            {
                OpenSearchLogLog.SegmentDamaged(_logger, segment.Path, segment.Records);
                _logging.CountDropped(Plugin, "damaged", segment.Records);
                Finish(segment, left: null);
                return new SendOutcome(null);
            }

            var outcome = await _client.SendAsync(records, CancellationToken.None);
            if (outcome.Problem is null || outcome.Again?.Count < records.Count)
            {
                Finish(segment, outcome.Problem is null ? null : outcome.Again);
            }

            return outcome;
        }
        catch (FileNotFoundException)
        {
            // The bound has taken it meanwhile, and counted it.
            Finish(segment, left: null);
            return new SendOutcome(null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new SendOutcome(failure.Message);
        }
    }

    // What is left of it keeps its place.
    private void Finish(Segment segment, IReadOnlyList<byte[]>? left)
    {
        lock (_gate)
        {
            if (_segments.Find(segment) is not { } node)
            {
                return;
            }

            if (left is { Count: > 0 })
            {
                var smaller = Segment.Write(_folder, segment.Number, left);
                _segments.AddBefore(node, smaller);
                _bytes += smaller.Bytes;
            }

            Remove(segment);
        }
    }
}
