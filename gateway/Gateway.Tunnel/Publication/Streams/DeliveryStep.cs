namespace Gateway.Tunnel.Publication.Streams;

/// <summary>What to send next.</summary>
internal enum DeliveryStep
{
    Nothing,
    Delta,
    Snapshot,
}
