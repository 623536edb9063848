using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Tunnel.Hosting;

/// <summary>Goes around the handshake of each connection of a tunnel: lets it in by the gate, and counts it where it does not come to an end.</summary>
internal sealed class TunnelConnections(HandshakeGate gate, TunnelMetrics metrics, ConnectionErrors errors, RefusalLog log, TimeProvider time)
{
    /// <summary>From the connection's beginning until its first byte, with any waiting at the gate.</summary>
    private static readonly TimeSpan FirstByteTime = TimeSpan.FromSeconds(10);

    public async Task RunAsync(TunnelKind kind, ConnectionContext transport, ConnectionDelegate handshake)
    {
        var connection = new TunnelConnection(kind);
        transport.Features.Set(connection);
        errors.Watch(transport.LocalEndPoint);
        var source = (transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var timeout = new CancellationTokenSource(FirstByteTime, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, transport.ConnectionClosed);
        try
        {
            using var place = await gate.EnterAsync(source, linked.Token);
            if (!place.IsAcquired)
            {
                Refuse(transport, connection, RefusalReasons.HandshakeLimit, "too many handshakes at once");
                return;
            }

            if (!await SaysSomethingAsync(transport, linked.Token))
            {
                // A probe of a load balancer, or a port scan: not worth a count.
                return;
            }

            transport.Features.Set(new HandshakePlace(place));
            await handshake(transport);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested && !connection.IsEstablished)
        {
            if (timeout.IsCancellationRequested)
            {
                Refuse(transport, connection, RefusalReasons.HandshakeFailed, "nothing was said in time");
            }

            return;
        }

        if (!connection.IsEstablished && !connection.IsRefused)
        {
            Refuse(transport, connection, RefusalReasons.HandshakeFailed, "the handshake was not finished, or is none of TLS");
        }
    }

    /// <summary>After the handshake: gives the place back.</summary>
    public static Task EstablishedAsync(ConnectionContext transport, ConnectionDelegate next)
    {
        transport.Features.Get<TunnelConnection>()!.IsEstablished = true;
        transport.Features.Get<HandshakePlace>()!.Place.Dispose();
        return next(transport);
    }

    public void Refuse(BaseConnectionContext transport, TunnelConnection connection, string reason, string problem)
    {
        connection.IsRefused = true;
        metrics.Refused(reason);
        log.Refused(transport.RemoteEndPoint, reason, problem);
    }

    private static async Task<bool> SaysSomethingAsync(ConnectionContext transport, CancellationToken cancellationToken)
    {
        try
        {
            var result = await transport.Transport.Input.ReadAsync(cancellationToken);

            // Left for the handshake, whose first read gets it at once.
            transport.Transport.Input.AdvanceTo(result.Buffer.Start);
            return !result.Buffer.IsEmpty;
        }
        catch (Exception error) when (error is IOException or SocketException or ConnectionAbortedException)
        {
            return false;
        }
    }

    private sealed record HandshakePlace(IDisposable Place);
}
