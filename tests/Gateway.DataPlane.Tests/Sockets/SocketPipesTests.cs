using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Gateway.DataPlane.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Gateway.DataPlane.Tests.Sockets;

/// <summary>What the server reads from and writes to: the contract of pipes, kept without a pipe.</summary>
public sealed class SocketPipesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_was_examined_and_not_consumed_comes_again_with_what_follows()
    {
        using var connection = new LoopedConnection();
        var input = new SocketInput(connection.Looped);
        await connection.Peer.SendAsync("GET / HT"u8.ToArray());
        var first = await input.ReadAsync().AsTask().WaitAsync(Limit);
        input.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        Assert.False(input.TryRead(out _));

        var reading = input.ReadAsync().AsTask();
        await connection.Peer.SendAsync("TP/1.1"u8.ToArray());

        Assert.Equal("GET / HTTP/1.1", Text(await reading.WaitAsync(Limit)));
    }

    [Fact]
    public async Task More_than_a_buffer_is_kept_whole_until_it_is_consumed()
    {
        using var connection = new LoopedConnection();
        var input = new SocketInput(connection.Looped);
        var sent = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number},"));
        var sending = connection.Peer.SendAsync(Encoding.ASCII.GetBytes(sent)).ContinueWith(_ => connection.Peer.Shutdown(SocketShutdown.Send), TaskScheduler.Default);

        ReadResult read;
        while (!(read = await input.ReadAsync().AsTask().WaitAsync(Limit)).IsCompleted)
        {
            // A little is taken each time, so that what stays moves.
            var taken = read.Buffer.GetPosition(Math.Min(3, read.Buffer.Length));
            sent = sent[(int)read.Buffer.Slice(0, taken).Length..];
            input.AdvanceTo(taken, read.Buffer.End);
        }

        await sending;
        Assert.Equal(sent, Text(read));
    }

    [Fact]
    public async Task A_read_that_was_called_off_loses_nothing_that_came_meanwhile()
    {
        using var connection = new LoopedConnection();
        var input = new SocketInput(connection.Looped);
        for (var round = 0; round < 200; round++)
        {
            var reading = input.ReadAsync().AsTask();
            var sending = connection.Peer.SendAsync("x"u8.ToArray());
            input.CancelPendingRead();
            var read = await reading.WaitAsync(Limit);
            await sending;
            while (read.Buffer.IsEmpty)
            {
                Assert.True(read.IsCanceled);
                input.AdvanceTo(read.Buffer.End);
                read = await input.ReadAsync().AsTask().WaitAsync(Limit);
            }

            Assert.Equal("x", Text(read));
            input.AdvanceTo(read.Buffer.End);
            if (!read.IsCanceled && input.TryRead(out var late))
            {
                // The cancellation came after the byte: it is the next read's.
                Assert.True(late.IsCanceled);
                input.AdvanceTo(late.Buffer.End);
            }
        }
    }

    [Fact]
    public async Task A_read_of_an_aborted_connection_says_that_it_was_and_one_of_a_reset_connection_that_the_client_did_it()
    {
        using var aborted = new LoopedConnection();
        var reading = new SocketInput(aborted.Looped).ReadAsync().AsTask();
        aborted.Looped.Abort();
        await Assert.ThrowsAsync<ConnectionAbortedException>(() => reading.WaitAsync(Limit));

        using var reset = new LoopedConnection();
        reading = new SocketInput(reset.Looped).ReadAsync().AsTask();
        reset.Peer.Close(timeout: 0);
        await Assert.ThrowsAsync<ConnectionResetException>(() => reading.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_flush_ends_when_the_kernel_has_everything_and_says_when_nobody_is_left_to_read_it()
    {
        using var connection = new LoopedConnection();
        var output = new SocketOutput(connection.Looped);
        var sent = new byte[16 << 20];
        Random.Shared.NextBytes(sent);
        output.Write(sent);
        Assert.Equal(sent.Length, output.UnflushedBytes);

        var flushing = output.FlushAsync().AsTask();
        Assert.False(flushing.IsCompleted);
        var received = new byte[sent.Length];
        for (var length = 0; length < received.Length;)
        {
            length += await connection.Peer.ReceiveAsync(received.AsMemory(length)).AsTask().WaitAsync(Limit);
        }

        Assert.False((await flushing.WaitAsync(Limit)).IsCompleted);
        Assert.Equal(sent, received);

        connection.Peer.Close(timeout: 0);
        FlushResult flushed;
        do
        {
            output.Write("more"u8);
            flushed = await output.FlushAsync().AsTask().WaitAsync(Limit);
        }
        while (!flushed.IsCompleted);
    }

    [Fact]
    public async Task A_flush_that_was_called_off_goes_on_and_keeps_the_order_of_what_follows()
    {
        using var connection = new LoopedConnection();
        var output = new SocketOutput(connection.Looped);
        var first = new byte[8 << 20];
        Array.Fill(first, (byte)'a');
        output.Write(first);
        var flushing = output.FlushAsync().AsTask();
        output.CancelPendingFlush();
        Assert.True((await flushing.WaitAsync(Limit)).IsCanceled);

        output.Write("bc"u8);
        var second = output.FlushAsync().AsTask();
        var received = new byte[first.Length + 2];
        for (var length = 0; length < received.Length;)
        {
            length += await connection.Peer.ReceiveAsync(received.AsMemory(length)).AsTask().WaitAsync(Limit);
        }

        Assert.False((await second.WaitAsync(Limit)).IsCanceled);
        Assert.Equal(first.Length, Array.IndexOf(received, (byte)'b'));
        Assert.Equal((byte)'c', received[^1]);
    }

    private static string Text(ReadResult read) => Encoding.ASCII.GetString(read.Buffer.ToArray());
}
