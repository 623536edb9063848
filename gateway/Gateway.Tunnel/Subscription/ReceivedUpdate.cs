using Gateway.Tunnel.Protocol;

namespace Gateway.Tunnel.Subscription;

/// <param name="Header">The update as announced; its own payload field is only the beginning.</param>
/// <param name="Payload">Null where it is larger than this instance allows, and was not kept.</param>
internal sealed record ReceivedUpdate(Update Header, ReadOnlyMemory<byte>? Payload);
