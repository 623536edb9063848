using Gateway.Tunnel.Protocol;

namespace Gateway.Tunnel.Payloads;

/// <summary>A <see cref="ChangeSet"/> as it is sent and as it is kept on disk.</summary>
/// <param name="ContentSize">Bytes before compression.</param>
internal sealed record EncodedChanges(Update.Types.Encoding Encoding, ReadOnlyMemory<byte> Payload, int ContentSize, int ChangeCount)
{
    /// <summary>No change: the content is the same under another revision.</summary>
    public static readonly EncodedChanges None = new(Update.Types.Encoding.Identity, ReadOnlyMemory<byte>.Empty, 0, 0);
}
