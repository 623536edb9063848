using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Sockets;

namespace Gateway.DataPlane.Tests.Sockets;

/// <summary>How a client's connection ends.</summary>
public sealed class EpollConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_client_that_still_sends_when_it_is_answered_is_listened_to_for_a_while()
    {
        var clock = new HeldTimers();
        using var loop = new EventLoop(0, static _ => { });
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndPoint!);
        var connection = new EpollConnection(await listener.AcceptAsync(), loop, "1", clock);
        connection.Start();
        await connection.Transport.Output.WriteAsync("too long"u8.ToArray());

        var closing = connection.DisposeAsync().AsTask();
        var answer = new byte[16];
        Assert.Equal(8, await client.ReceiveAsync(answer).WaitAsync(Limit));
        Assert.Equal(0, await client.ReceiveAsync(answer).WaitAsync(Limit));
        for (var i = 0; i < 50; i++)
        {
            // A reset would make these fail, and elsewhere than on Linux take the unread answer.
            await client.SendAsync(new byte[64 * 1024]).WaitAsync(Limit);
        }

        Assert.False(closing.IsCompleted);
        Assert.Equal(1, clock.Count);
        clock.GoOff();
        await closing.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_client_that_has_ended_is_not_waited_for()
    {
        var clock = new HeldTimers();
        using var loop = new EventLoop(0, static _ => { });
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);
        var connection = new EpollConnection(await listener.AcceptAsync(), loop, "1", clock);
        connection.Start();
        var ended = new TaskCompletionSource();
        await using var told = connection.ConnectionClosed.Register(ended.SetResult);

        client.Shutdown(SocketShutdown.Send);
        var read = await connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Limit);
        Assert.True(read.IsCompleted);
        await ended.Task.WaitAsync(Limit);

        await connection.DisposeAsync().AsTask().WaitAsync(Limit);
        Assert.Equal(0, clock.Count);
    }
}
