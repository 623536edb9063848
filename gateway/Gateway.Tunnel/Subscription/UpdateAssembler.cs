using Gateway.Tunnel.Protocol;

namespace Gateway.Tunnel.Subscription;

/// <summary>Collects an update's payload from its messages.</summary>
internal sealed class UpdateAssembler(int maximumSize)
{
    private Update? _update;
    private byte[]? _payload;
    private ulong _received;

    /// <summary>The update where its payload is complete, null until then.</summary>
    /// <exception cref="InvalidDataException">The control plane broke the protocol.</exception>
    public ReceivedUpdate? Begin(Update update)
    {
        if (_update is not null)
        {
            throw new InvalidDataException("an update came within another");
        }

        // What is too large is refused when its parts have come: they are counted, not kept.
        var allowed = update.PayloadSize <= (ulong)maximumSize && update.ContentSize <= (ulong)maximumSize;
        (_update, _payload, _received) = (update, allowed ? new byte[update.PayloadSize] : null, 0);
        return Receive(update.Payload.Span);
    }

    /// <inheritdoc cref="Begin"/>
    public ReceivedUpdate? Continue(UpdatePart part) =>
        _update is null ? throw new InvalidDataException("a part came without an update") : Receive(part.Payload.Span);

    private ReceivedUpdate? Receive(ReadOnlySpan<byte> bytes)
    {
        var update = _update!;
        if ((ulong)bytes.Length > update.PayloadSize - _received)
        {
            throw new InvalidDataException("an update is larger than announced");
        }

        if (_payload is not null)
        {
            bytes.CopyTo(_payload.AsSpan((int)_received));
        }

        _received += (ulong)bytes.Length;
        if (_received < update.PayloadSize)
        {
            return null;
        }

        var received = new ReceivedUpdate(update, _payload);
        (_update, _payload) = (null, null);
        return received;
    }
}
