using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Writes one update as as many messages as its size needs.</summary>
internal static class UpdateWriter
{
    /// <summary>Bytes of payload in one message: what cluster.proto allows at most.</summary>
    public const int MaximumPart = 1024 * 1024;

    public static async Task WriteAsync(
        IAsyncStreamWriter<ControlPlaneMessage> writer,
        DeliveryPoint target,
        DeliveryPoint? deltaBase,
        EncodedChanges changes,
        CancellationToken cancellationToken)
    {
        var update = new Update
        {
            Channel = target.Channel,
            Revision = target.Revision,
            Hash = target.Hash,
            Encoding = changes.Encoding,
            PayloadSize = (ulong)changes.Payload.Length,
            ContentSize = (ulong)changes.ContentSize,
            ChangeCount = (ulong)changes.ChangeCount,
            Payload = Part(changes.Payload, 0),
        };
        if (deltaBase is not null)
        {
            update.Base = new Applied { Channel = deltaBase.Channel, Revision = deltaBase.Revision, Hash = deltaBase.Hash };
        }

        await writer.WriteAsync(new ControlPlaneMessage { Update = update }, cancellationToken);
        for (var offset = MaximumPart; offset < changes.Payload.Length; offset += MaximumPart)
        {
            var part = new UpdatePart { Payload = Part(changes.Payload, offset) };
            await writer.WriteAsync(new ControlPlaneMessage { UpdatePart = part }, cancellationToken);
        }
    }

    // Not copied: payloads are shared by all streams and never changed.
    private static ByteString Part(ReadOnlyMemory<byte> payload, int offset) =>
        UnsafeByteOperations.UnsafeWrap(payload.Slice(offset, Math.Min(MaximumPart, payload.Length - offset)));
}
