using System.Runtime.InteropServices;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Protocol;
using Google.Protobuf;
using ZstdSharp;

namespace Gateway.Tunnel.Payloads;

/// <summary>Changes to and from a payload.</summary>
internal static class ChangeSetCodec
{
    /// <summary>Below this many bytes compression gains nothing that matters.</summary>
    private const int CompressFrom = 1024;
    private const int CompressionLevel = 3;
    private const int IdSize = 16;

    public static EncodedChanges Encode(IEnumerable<EntityChange> changes)
    {
        var set = new ChangeSet();
        foreach (var (key, canonical) in changes)
        {
            var change = new Change { Kind = key.Kind, Id = ToBytes(key.Id) };
            if (canonical is { } bytes)
            {
                // Not copied: canonical bytes are never changed in place.
                change.Canonical = UnsafeByteOperations.UnsafeWrap(bytes);
            }

            set.Changes.Add(change);
        }

        var content = set.ToByteArray();
        if (content.Length < CompressFrom)
        {
            return new EncodedChanges(Update.Types.Encoding.Identity, content, content.Length, set.Changes.Count);
        }

        using var compressor = new Compressor(CompressionLevel);
        return new EncodedChanges(Update.Types.Encoding.Zstd, compressor.Wrap(content).ToArray(), content.Length, set.Changes.Count);
    }

    /// <param name="contentSize">What the sender said: anything else is refused, and no more is ever allocated.</param>
    /// <exception cref="InvalidDataException">The payload is not what it says it is.</exception>
    public static IReadOnlyList<EntityChange> Decode(Update.Types.Encoding encoding, ReadOnlyMemory<byte> payload, int contentSize)
    {
        var content = encoding switch
        {
            Update.Types.Encoding.Identity => payload,
            Update.Types.Encoding.Zstd => Decompress(payload.Span, contentSize),
            _ => throw new InvalidDataException($"encoding {(int)encoding} is not known"),
        };
        if (content.Length != contentSize)
        {
            throw new InvalidDataException($"it has {content.Length} bytes of content where {contentSize} were announced");
        }

        return Parse(content);
    }

    public static ByteString ToBytes(Guid id)
    {
        Span<byte> bytes = stackalloc byte[IdSize];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>Null where it is not 16 bytes.</summary>
    public static Guid? ToGuid(ByteString bytes) => bytes.Length == IdSize ? new Guid(bytes.Span, bigEndian: true) : null;

    private static List<EntityChange> Parse(ReadOnlyMemory<byte> content)
    {
        ChangeSet set;
        try
        {
            set = ChangeSet.Parser.ParseFrom(content.Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException("its content is not a set of changes", error);
        }

        var changes = new List<EntityChange>(set.Changes.Count);
        var seen = new HashSet<EntityKey>(set.Changes.Count);
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in set.Changes)
        {
            if (ToGuid(change.Id) is not { } id || change.Kind.Length is 0 or > 64)
            {
                throw new InvalidDataException("a change names no entity");
            }

            // Kinds are few: one string each.
            ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, change.Kind, out _);
            kind ??= change.Kind;
            var key = new EntityKey(kind, id);
            if (!seen.Add(key))
            {
                throw new InvalidDataException($"{key.Kind} {key.Id} is changed twice");
            }

            changes.Add(new EntityChange(key, change.HasCanonical ? change.Canonical.Memory : (ReadOnlyMemory<byte>?)null));
        }

        return changes;
    }

    private static ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> payload, int contentSize)
    {
        var content = new byte[contentSize];
        try
        {
            using var decompressor = new Decompressor();
            var size = decompressor.Unwrap(payload, content);
            return content.AsMemory(0, size);
        }
        catch (ZstdException error)
        {
            throw new InvalidDataException("it cannot be decompressed", error);
        }
    }
}
