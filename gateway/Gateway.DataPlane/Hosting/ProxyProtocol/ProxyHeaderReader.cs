using Microsoft.AspNetCore.Connections;

namespace Gateway.DataPlane.Hosting.ProxyProtocol;

/// <summary>Takes the header off the beginning of a connection, before TLS.</summary>
internal sealed class ProxyHeaderReader(TimeProvider time)
{
    /// <summary>A balancer sends it at once; who sends nothing holds a connection for this long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Null where none came, or none that can be read: the connection is of no use then.</summary>
    public async ValueTask<ProxyHeader?> ReadAsync(ConnectionContext connection)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(linked.Token);
                var received = result.Buffer;
                var status = ProxyHeader.TryRead(received, out var header, out var consumed);
                if (status == ProxyHeaderStatus.Complete)
                {
                    input.AdvanceTo(received.GetPosition(consumed));
                    return header;
                }

                input.AdvanceTo(received.Start, received.End);
                if (status == ProxyHeaderStatus.Invalid || result.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
