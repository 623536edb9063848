namespace Gateway.Tunnel.Publication.Streams;

/// <summary>What to send next.</summary>
internal enum DeliveryStep
{
    Nothing,

    /// <summary>A snapshot where none can be made.</summary>
    Delta,
    Snapshot,
}
