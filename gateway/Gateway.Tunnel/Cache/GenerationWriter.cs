using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Streams;
using Google.Protobuf;

namespace Gateway.Tunnel.Cache;

/// <summary>Writes a generation: its snapshot at once, then its log.</summary>
internal sealed class GenerationWriter(CacheFolder folder, CacheScope scope, CacheKeyRing keys, ulong generation) : IDisposable
{
    private AppendedFile? _log;
    private SealedWriter? _records;
    private bool _isBroken;

    public ulong Generation => generation;

    /// <summary>Records in the log.</summary>
    public int Records { get; private set; }

    /// <summary>Whether a record can be added.</summary>
    public bool CanAppend => !_isBroken;

    public long LogSize => _log?.Length ?? 0;

    public long SnapshotSize { get; private set; }

    /// <exception cref="IOException">There is no such generation then.</exception>
    public void WriteSnapshot(string channel, EntitySet content, EncodedChanges? encoded)
    {
        var changes = encoded ?? ChangeSetCodec.Encode(content.Entities.Select(entity => new EntityChange(entity.Key, entity.Value)));
        var header = new Update
        {
            Channel = channel,
            Revision = content.Revision,
            Hash = content.Hash,
            Encoding = changes.Encoding,
            PayloadSize = (ulong)changes.Payload.Length,
            ContentSize = (ulong)changes.ContentSize,
            ChangeCount = (ulong)changes.ChangeCount,
        };
        folder.DeleteLog(generation);
        folder.WriteWhole(generation, SealedFileKind.Snapshot, stream =>
        {
            using var records = new SealedWriter(stream, new SealedFileContext(SealedFileKind.Snapshot, generation, scope), keys);
            records.Write(header.ToByteArray());
            var payload = changes.Payload.Span;
            for (var offset = 0; offset < payload.Length; offset += UpdateWriter.MaximumPart)
            {
                records.Write(payload.Slice(offset, Math.Min(UpdateWriter.MaximumPart, payload.Length - offset)));
            }
        });
        SnapshotSize = changes.Payload.Length;
    }

    /// <exception cref="IOException">The record is not there, and none can be added after it.</exception>
    public void Append(Update header, ReadOnlyMemory<byte> payload)
    {
        // Until it is written whole, nothing may follow it.
        _isBroken = true;
        if (_log is null)
        {
            _log = folder.Begin(generation, SealedFileKind.DeltaLog);
            _records = new SealedWriter(_log.Stream, new SealedFileContext(SealedFileKind.DeltaLog, generation, scope), keys);
        }

        var record = header.Clone();
        record.Payload = UnsafeByteOperations.UnsafeWrap(payload);
        _records!.Write(record.ToByteArray());
        _log.Flush();
        Records++;
        _isBroken = false;
    }

    public void Dispose()
    {
        _records?.Dispose();
        _log?.Dispose();
    }
}
