using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Sockets;
using Hybrid.Testing;

namespace Gateway.DataPlane.Tests.Sockets;

/// <summary>Sockets of an event loop, against ordinary ones.</summary>
public sealed class EpollSocketTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_receive_takes_memory_only_when_something_has_come()
    {
        using var connection = new LoopedConnection();
        var buffer = new ArrayBuffer(16);

        var receiving = connection.Looped.ReceiveAsync(buffer).AsTask();
        Assert.Equal(0, buffer.Rented);
        await connection.Peer.SendAsync("hello"u8.ToArray());

        Assert.Equal(5, await receiving.WaitAsync(Limit));
        Assert.Equal("hello"u8.ToArray(), buffer.Bytes[..5]);
        Assert.Equal(1, buffer.Rented);
    }

    [Fact]
    public async Task What_came_before_the_receive_and_is_longer_than_its_memory_comes_in_pieces_and_whole()
    {
        using var connection = new LoopedConnection();
        var sent = new byte[100_000];
        Random.Shared.NextBytes(sent);
        await connection.Peer.SendAsync(sent);
        connection.Peer.Shutdown(SocketShutdown.Send);

        var received = new MemoryStream();
        var buffer = new ArrayBuffer(1_000);
        int count;
        while ((count = await connection.Looped.ReceiveAsync(buffer).AsTask().WaitAsync(Limit)) > 0)
        {
            received.Write(buffer.Bytes, 0, count);
        }

        Assert.Equal(sent, received.ToArray());
    }

    [Fact]
    public async Task A_send_that_the_other_side_does_not_read_waits_and_then_arrives_whole()
    {
        using var connection = new LoopedConnection();
        var sent = new byte[16 << 20];
        Random.Shared.NextBytes(sent);

        var sending = SendAllAsync(connection.Looped, sent);
        Assert.False(sending.IsCompleted);
        var received = new byte[sent.Length];
        for (var length = 0; length < received.Length;)
        {
            length += await connection.Peer.ReceiveAsync(received.AsMemory(length)).AsTask().WaitAsync(Limit);
        }

        await sending.WaitAsync(Limit);
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task Abort_ends_a_receive_and_a_send_that_wait_and_resets_the_connection()
    {
        using var connection = new LoopedConnection();
        var receiving = connection.Looped.ReceiveAsync(new ArrayBuffer(16)).AsTask();
        var sending = SendAllAsync(connection.Looped, new byte[16 << 20]);

        connection.Looped.Abort();

        var received = await Assert.ThrowsAsync<SocketException>(() => receiving.WaitAsync(Limit));
        var sent = await Assert.ThrowsAsync<SocketException>(() => sending.WaitAsync(Limit));
        Assert.Equal((SocketError.OperationAborted, SocketError.OperationAborted), (received.SocketErrorCode, sent.SocketErrorCode));
        var seen = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await connection.Peer.ReceiveAsync(new byte[1 << 20]) > 0)
            {
                // What was sent before the reset may still be there.
                continue;
            }
        });
        Assert.Equal(SocketError.ConnectionReset, seen.SocketErrorCode);
    }

    [Fact]
    public async Task Closing_ends_the_stream_without_a_reset()
    {
        using var connection = new LoopedConnection();
        await SendAllAsync(connection.Looped, "bye"u8.ToArray());

        await connection.Looped.CloseAsync().WaitAsync(Limit);

        var buffer = new byte[16];
        Assert.Equal(3, await connection.Peer.ReceiveAsync(buffer));
        Assert.Equal(0, await connection.Peer.ReceiveAsync(buffer));
        await Assert.ThrowsAsync<SocketException>(() => connection.Looped.ReceiveAsync(new ArrayBuffer(1)).AsTask());
    }

    [Fact]
    public async Task The_end_of_the_other_side_is_told_once_and_without_a_receive()
    {
        var told = 0;
        using var connection = new LoopedConnection(() => Interlocked.Increment(ref told));
        Assert.True(connection.Looped.IsSilent(TimeSpan.Zero));

        connection.Peer.Shutdown(SocketShutdown.Send);
        await Eventually.TrueAsync(() => Volatile.Read(ref told) == 1);
        connection.Peer.Dispose();

        Assert.False(connection.Looped.IsSilent(TimeSpan.Zero));
        Assert.Equal(0, await connection.Looped.ReceiveAsync(new ArrayBuffer(1)).AsTask().WaitAsync(Limit));
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task A_connection_on_which_something_has_come_unasked_is_not_silent_and_one_whose_memory_was_filled_exactly_is()
    {
        using var connection = new LoopedConnection();
        var receiving = connection.Looped.ReceiveAsync(new ArrayBuffer(4)).AsTask();
        await connection.Peer.SendAsync("four"u8.ToArray());
        Assert.Equal(4, await receiving.WaitAsync(Limit));
        Assert.True(connection.Looped.IsSilent(TimeSpan.Zero));

        await connection.Peer.SendAsync("more"u8.ToArray());

        await Eventually.TrueAsync(() => !connection.Looped.IsSilent(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_refused_connection_says_so_and_one_that_does_not_come_about_can_be_called_off()
    {
        using var loops = new EventLoops(2);
        var opener = new EpollSocketOpener(loops);
        var refused = await Assert.ThrowsAsync<SocketException>(() =>
            opener.OpenAsync(new IPEndPoint(IPAddress.Loopback, FreePorts.One()), CancellationToken.None).AsTask().WaitAsync(Limit));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            opener.OpenAsync(new IPEndPoint(IPAddress.Loopback, FreePorts.One()), new CancellationToken(canceled: true)).AsTask().WaitAsync(Limit));
    }

    [Fact]
    public async Task Many_connections_that_come_and_go_at_once_never_get_what_was_meant_for_another()
    {
        using var loops = new EventLoops(2);
        var opener = new EpollSocketOpener(loops);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        using var stop = new CancellationTokenSource();
        var echo = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                _ = EchoAsync(await listener.AcceptAsync(stop.Token));
            }
        });

        await Parallel.ForAsync(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, cancellation) =>
        {
            using var socket = await opener.OpenAsync(address, cancellation);
            var message = BitConverter.GetBytes(number);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(message.Length, await socket.SendAsync(message));
                var buffer = new ArrayBuffer(64);
                Assert.Equal(message.Length, await socket.ReceiveAsync(buffer).AsTask().WaitAsync(Limit, cancellation));
                Assert.Equal(number, BitConverter.ToInt32(buffer.Bytes));
            }

            if (number % 3 == 0)
            {
                socket.Abort();
            }
        });

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => echo);
    }

    [Fact]
    public async Task Sockets_that_outlive_their_loop_can_still_be_closed()
    {
        for (var round = 0; round < 50; round++)
        {
            using var connection = new LoopedConnection();
            var receiving = connection.Looped.ReceiveAsync(new ArrayBuffer(16)).AsTask();

            // At the same time: whichever comes first.
            await Task.WhenAll(Task.Run(connection.Loop.Dispose), connection.Looped.CloseAsync()).WaitAsync(Limit);

            await Assert.ThrowsAsync<SocketException>(() => receiving.WaitAsync(Limit));
            Assert.Equal(0, await connection.Peer.ReceiveAsync(new byte[1]).WaitAsync(Limit));
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[64];
            try
            {
                int count;
                while ((count = await socket.ReceiveAsync(buffer)) > 0)
                {
                    await socket.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
            {
                return;
            }
        }
    }

    private static async Task SendAllAsync(EpollSocket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }
}
