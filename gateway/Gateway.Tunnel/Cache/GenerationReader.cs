using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Cache;

/// <summary>Reads generations: each is whole and verified by its hash, or it is refused with why.</summary>
internal sealed class GenerationReader(CacheFolder folder, CacheScope scope, CacheKeyRing keys, int maximumContentSize, ILogger logger)
{
    /// <param name="records">Records of the log to apply at most.</param>
    /// <returns>Null where it cannot be used; why is logged.</returns>
    public CachedGeneration? Read(ulong generation, int records = int.MaxValue)
    {
        var kind = SealedFileKind.Snapshot;
        try
        {
            var (channel, content) = ReadSnapshot(generation);
            kind = SealedFileKind.DeltaLog;
            return ReadLog(generation, records, channel, content);
        }
        catch (Exception error) when (error is CacheException or InvalidDataException or InvalidProtocolBufferException or IOException
            or UnauthorizedAccessException)
        {
            CacheLog.Refused(logger, folder.PathOf(generation, kind), error.Message);
            return null;
        }
    }

    private (string Channel, EntitySet Content) ReadSnapshot(ulong generation)
    {
        var file = folder.Read(generation, SealedFileKind.Snapshot) ?? throw new CacheException("it is gone");
        using var reader = new SealedReader(file, new SealedFileContext(SealedFileKind.Snapshot, generation, scope), keys);
        var header = Update.Parser.ParseFrom(reader.Read());
        if (header.Base is not null || header.PayloadSize > (ulong)file.Length)
        {
            throw new CacheException("it holds no snapshot");
        }

        var payload = new byte[header.PayloadSize];
        var position = 0;
        while (!reader.IsAtEnd)
        {
            var part = reader.Read();
            if (part.Length > payload.Length - position)
            {
                throw new CacheException("it is longer than it says");
            }

            part.CopyTo(payload, position);
            position += part.Length;
        }

        return position == payload.Length
            ? (header.Channel, Apply(EntitySet.Empty, header, payload))
            : throw new CacheException("it is cut off");
    }

    private CachedGeneration ReadLog(ulong generation, int records, string channel, EntitySet content)
    {
        var count = 0;
        if (records > 0 && folder.Read(generation, SealedFileKind.DeltaLog) is { Length: > 0 } file)
        {
            using var reader = OpenLog(generation, file);
            while (reader is not null && count < records && !reader.IsAtEnd)
            {
                if (reader.IsTorn)
                {
                    CacheLog.Torn(logger, folder.PathOf(generation, SealedFileKind.DeltaLog), count);
                    break;
                }

                var update = Update.Parser.ParseFrom(reader.Read());
                if (update.Base is null || update.Base.Revision != content.Revision || update.Base.Hash != content.Hash)
                {
                    throw new CacheException($"record {count} does not follow what is before it");
                }

                content = Apply(content, update, update.Payload.Memory);
                channel = update.Channel;
                count++;
            }
        }

        return new CachedGeneration(new CachePosition(generation, count), channel, content);
    }

    /// <summary>Null where the process ended before the header was written: then there is no record either.</summary>
    private SealedReader? OpenLog(ulong generation, ReadOnlyMemory<byte> file)
    {
        if (file.Length < SealedFileContext.FixedHeaderSize + SealedFileContext.NonceSize + SealedFileContext.TagSize + SealedFileContext.DataKeySize
            || !file.Span.ContainsAnyExcept((byte)0))
        {
            CacheLog.Torn(logger, folder.PathOf(generation, SealedFileKind.DeltaLog), 0);
            return null;
        }

        return new SealedReader(file, new SealedFileContext(SealedFileKind.DeltaLog, generation, scope), keys);
    }

    private EntitySet Apply(EntitySet before, Update update, ReadOnlyMemory<byte> payload)
    {
        if (update.ContentSize > (ulong)maximumContentSize)
        {
            throw new CacheException($"its content of {update.ContentSize} bytes is larger than allowed ({maximumContentSize})");
        }

        IReadOnlyList<EntityChange> changes = ChangeSetCodec.Decode(update.Encoding, payload, (int)update.ContentSize);
        var content = before.Apply(update.Revision, changes);
        return content.Hash == update.Hash ? content : throw new CacheException($"revision {update.Revision} does not have its hash");
    }
}
