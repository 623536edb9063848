using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Tunnel.Hosting;

/// <summary>Goes around the handshake of each connection of a tunnel: lets it in by the gate, and counts it where it does not come to an end.</summary>
internal sealed class TunnelConnections(HandshakeGates gates, TunnelMetrics metrics, ConnectionErrors errors, RefusalLog log, TimeProvider time)
{
    /// <summary>From the connection's beginning until its first message is whole, with any waiting at the gate.</summary>
    private static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(10);

    /// <summary>What one that enrols may take in all.</summary>
    private static readonly TimeSpan EnrollmentTime = TimeSpan.FromSeconds(30);

    public async Task RunAsync(TunnelKind kind, ConnectionContext transport, ConnectionDelegate handshake)
    {
        var connection = new TunnelConnection(kind);
        transport.Features.Set(connection);
        errors.Watch(transport.LocalEndPoint);
        var source = (transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var timeout = new CancellationTokenSource(HelloTime, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, transport.ConnectionClosed);
        try
        {
            using var place = await gates.Of(kind).EnterAsync(source, linked.Token);
            if (!place.IsAcquired)
            {
                Refuse(transport, connection, RefusalReasons.HandshakeLimit, "too many handshakes at once");
                return;
            }

            switch (await ReadHelloAsync(transport.Transport.Input, linked.Token))
            {
                case ClientHelloVerdict.Silent:
                    // A probe of a load balancer, or a port scan: not worth a count.
                    return;
                case ClientHelloVerdict.NotTls:
                    Refuse(transport, connection, RefusalReasons.HandshakeFailed, "what came is no TLS");
                    return;
                case ClientHelloVerdict.OldTls:
                    // The handshake itself says so to the peer.
                    Refuse(transport, connection, RefusalReasons.TlsVersion, "TLS 1.3 was not offered");
                    break;
            }

            transport.Features.Set(new HandshakePlace(place));
            await handshake(transport);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested && !connection.IsEstablished)
        {
            if (timeout.IsCancellationRequested)
            {
                Refuse(transport, connection, RefusalReasons.HandshakeFailed, "its first message was not whole in time");
            }

            return;
        }

        if (!connection.IsEstablished && !connection.IsRefused)
        {
            Refuse(transport, connection, RefusalReasons.HandshakeFailed, "the handshake was not finished");
        }
    }

    /// <summary>After the handshake: gives the place back. Who enrols stays unknown, and so keeps it, for a short time.</summary>
    public async Task EstablishedAsync(ConnectionContext transport, ConnectionDelegate next)
    {
        var connection = transport.Features.Get<TunnelConnection>()!;
        connection.IsEstablished = true;
        if (connection.Kind != TunnelKind.Enrollment)
        {
            transport.Features.Get<HandshakePlace>()!.Place.Dispose();
            await next(transport);
            return;
        }

        await using var end = time.CreateTimer(
            static state => ((ConnectionContext)state!).Abort(), transport, EnrollmentTime, Timeout.InfiniteTimeSpan);
        await next(transport);
    }

    public void Refuse(BaseConnectionContext transport, TunnelConnection connection, string reason, string problem)
    {
        connection.IsRefused = true;
        metrics.Refused(reason);
        log.Refused(transport.RemoteEndPoint, reason, problem);
    }

    private static async Task<ClientHelloVerdict> ReadHelloAsync(PipeReader input, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(cancellationToken);
                var bytes = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, ClientHello.MaximumLength));
                var verdict = result.Buffer.IsEmpty ? ClientHelloVerdict.Silent : ClientHello.Read(bytes.ToArray());
                if (verdict != ClientHelloVerdict.Incomplete || result.IsCompleted)
                {
                    // Left for the handshake, whose first read gets it at once.
                    input.AdvanceTo(result.Buffer.Start);
                    return verdict == ClientHelloVerdict.Incomplete ? ClientHelloVerdict.NotTls : verdict;
                }

                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ConnectionAbortedException)
        {
            return ClientHelloVerdict.Silent;
        }
    }

    private sealed record HandshakePlace(IDisposable Place);
}
