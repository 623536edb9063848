using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Subscription;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Cache;

/// <summary>
/// The configuration on disk, in two generations. A generation is a snapshot and the deltas since; a new one begins with each process, with each snapshot
/// that comes, and when the log has outgrown its snapshot. Beside the newest, the one that last proved good is kept.
/// </summary>
/// <remarks>
/// A power failure at any moment leaves the newest state that was reported as saved, or the one before it: a snapshot is on the disk before it has its
/// name, and a log's torn end is dropped. After some starts in a row that did not last, the newest state that proved good is taken.
/// </remarks>
internal sealed class ConfigurationCache : IConfigurationStore, IDisposable
{
    /// <summary>Starts in a row that did not last, after which the configuration is suspected.</summary>
    public const int SuspiciousStarts = 3;

    /// <summary>Bytes up to which a log may outgrow a small snapshot.</summary>
    private const long SmallLog = 4 * 1024 * 1024;

    private readonly CacheFolder _folder;
    private readonly CacheScope _scope;
    private readonly Func<CacheKeyRing> _keys;
    private readonly GoodTimer _good;
    private readonly ILogger<ConfigurationCache> _logger;
    private readonly Lock _lock = new();
    private readonly int _maximumContentSize;
    private StartMarks _marks = new(0, null);
    private CachePosition? _current;
    private GenerationWriter? _writer;
    private (long Revision, string Hash)? _stored;
    private bool _suspicious;

    /// <param name="keys">Read for each generation, so that a key file which was rotated needs no restart.</param>
    public ConfigurationCache(
        CacheFolder folder,
        CacheScope scope,
        Func<CacheKeyRing> keys,
        TimeSpan goodAfter,
        int maximumContentSize,
        TimeProvider time,
        ILogger<ConfigurationCache> logger)
    {
        (_folder, _scope, _keys, _maximumContentSize, _logger) = (folder, scope, keys, maximumContentSize, logger);
        _good = new GoodTimer(goodAfter, time, OnGood);
    }

    public IEnumerable<StoredConfiguration> Load()
    {
        _marks = ReadMarks();
        _suspicious = _marks.Starts >= SuspiciousStarts;
        if (_suspicious)
        {
            CacheLog.CrashLoop(_logger, _marks.Starts);
        }

        Note(_marks with { Starts = _suspicious ? 1 : _marks.Starts + 1 });
        var reader = new GenerationReader(_folder, _scope, _keys(), _maximumContentSize, _logger);
        var generations = _folder.Generations();
        foreach (var generation in _suspicious ? Suspecting(reader, generations) : InOrder(reader, generations))
        {
            _current = generation.Position;
            yield return new StoredConfiguration(generation.Position.Generation, generation.Channel, generation.Content);
        }
    }

    public void Adopt(StoredConfiguration stored)
    {
        lock (_lock)
        {
            if (_suspicious)
            {
                // It becomes the newest, so that the next start does not go back to what is suspected.
                Begin(stored.Channel, stored.Content, null);
            }

            _good.Serving(_current!);
        }
    }

    public void Save(ReceivedUpdate update, EntitySet content)
    {
        lock (_lock)
        {
            var header = update.Header;
            var payload = update.Payload!.Value;
            if (header.Base is { } from && _writer is { CanAppend: true } writer && _stored == (from.Revision, from.Hash)
                && writer.LogSize + payload.Length <= Math.Max(SmallLog, writer.SnapshotSize))
            {
                writer.Append(header, payload);
                _current = new CachePosition(writer.Generation, writer.Records);
            }
            else
            {
                var encoded = header.Base is null
                    ? new EncodedChanges(header.Encoding, payload, (int)header.ContentSize, (int)header.ChangeCount)
                    : null;
                Begin(header.Channel, content, encoded);
            }

            _stored = (content.Revision, content.Hash);
            _good.Serving(_current!);
        }
    }

    /// <summary>An orderly stop: the start that ends here was none of those that did not last.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _good.Dispose();
            Note(_marks with { Starts = 0 });
            _writer?.Dispose();
            _folder.Dispose();
        }
    }

    private static IEnumerable<CachedGeneration> InOrder(GenerationReader reader, IEnumerable<ulong> generations) =>
        generations.Select(generation => reader.Read(generation)).OfType<CachedGeneration>();

    /// <summary>First what proved good, where the newest is more than that; then what is before the newest; the newest only where there is nothing else.</summary>
    private IEnumerable<CachedGeneration> Suspecting(GenerationReader reader, IReadOnlyList<ulong> generations)
    {
        var newest = generations.Count > 0 ? reader.Read(generations[0]) : null;
        if (_marks.Good is { } good && good != newest?.Position && generations.Contains(good.Generation) && reader.Read(good.Generation, good.Records) is { } proven)
        {
            yield return proven;
        }

        foreach (var generation in InOrder(reader, generations.Skip(1)))
        {
            yield return generation;
        }

        if (newest is not null)
        {
            yield return newest;
        }
    }

    private void Begin(string channel, EntitySet content, EncodedChanges? encoded)
    {
        var generations = _folder.Generations();
        var number = (generations.Count > 0 ? generations[0] : 0) + 1;
        var writer = new GenerationWriter(_folder, _scope, ReadKeys(), number);
        writer.WriteSnapshot(channel, content, encoded);
        _writer?.Dispose();
        _writer = writer;

        // The one that proved good, else the one we come from.
        var before = _marks.Good is { } good && generations.Contains(good.Generation) ? good.Generation : _current?.Generation ?? 0;
        _current = new CachePosition(number, 0);
        _stored = (content.Revision, content.Hash);
        _folder.KeepOnly(number, before);
    }

    private CacheKeyRing ReadKeys()
    {
        try
        {
            return _keys();
        }
        catch (CacheException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private StartMarks ReadMarks()
    {
        try
        {
            return StartMarks.Read(_folder.ReadStarts());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CacheLog.StartsNotNoted(_logger, error.Message);
            return new StartMarks(0, null);
        }
    }

    private void OnGood(CachePosition position)
    {
        lock (_lock)
        {
            CacheLog.Good(_logger, position.Generation, position.Records);
            Note(new StartMarks(0, position));
        }
    }

    private void Note(StartMarks marks)
    {
        _marks = marks;
        try
        {
            _folder.WriteStarts(marks.Write());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CacheLog.StartsNotNoted(_logger, error.Message);
        }
    }
}
