using System.Buffers;
using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>Passes a response's body on as it comes. Nothing waits for more than what was received: an event stream's events go out at once.</summary>
internal static class ResponseBody
{
    /// <summary>Below this, what is left is received through the connection's own buffer.</summary>
    private const int DirectLength = 4 * 1024;

    /// <summary>False where the upstream broke off, or sent what is no body.</summary>
    public static ValueTask<bool> CopyAsync(RequestContext context, UpstreamConnection connection, TimeSpan limit) => connection.Head.Framing switch
    {
        BodyFraming.None => new ValueTask<bool>(true),
        BodyFraming.Length => CopyLengthAsync(context, connection, connection.Head.ContentLength!.Value, limit),
        BodyFraming.Chunked => CopyChunksAsync(context, connection, limit),
        _ => CopyToEndAsync(context, connection, limit),
    };

    private static ValueTask<bool> CopyLengthAsync(RequestContext context, UpstreamConnection connection, long length, TimeSpan limit)
    {
        if (connection.Received.Length < length)
        {
            return CopyLongAsync(context, connection, length, limit);
        }

        // The common case: all of it came with the head. The server sends it together with the client's head when the request ends.
        var writer = context.Http.Response.BodyWriter;
        var count = (int)length;
        writer.Write(connection.Received[..count]);
        connection.Consume(count);
        context.Bytes.SetResponse(length);
        return context.Chain.Log.Length == 0 ? new ValueTask<bool>(true) : FlushAsync(context);
    }

    private static async ValueTask<bool> CopyLongAsync(RequestContext context, UpstreamConnection connection, long length, TimeSpan limit)
    {
        var writer = context.Http.Response.BodyWriter;
        var remaining = length - connection.Received.Length;
        if (!connection.Received.IsEmpty && !await WriteAsync(context, connection.ReceivedMemory))
        {
            return false;
        }

        connection.Consume(connection.Received.Length);
        context.Bytes.SetResponse(length - remaining);
        while (remaining > 0)
        {
            // Straight into the server's memory: a large body is copied once less.
            var memory = writer.GetMemory(DirectLength);
            if (memory.Length > remaining)
            {
                memory = memory[..(int)remaining];
            }

            var count = await connection.ReceiveAsync(memory, limit);
            if (count == 0)
            {
                return false;
            }

            remaining -= count;
            writer.Advance(count);
            context.Bytes.SetResponse(length - remaining);
            if (!await FlushAsync(context))
            {
                return false;
            }
        }

        return true;
    }

    private static async ValueTask<bool> CopyChunksAsync(RequestContext context, UpstreamConnection connection, TimeSpan limit)
    {
        var decoder = new ChunkedDecoder();
        var writer = context.Http.Response.BodyWriter;
        var total = 0L;
        while (true)
        {
            var written = false;
            while (!connection.Received.IsEmpty && !decoder.IsDone)
            {
                var data = decoder.Next(connection.Received, out var consumed);
                if (decoder.IsInvalid)
                {
                    return false;
                }

                if (!data.IsEmpty)
                {
                    writer.Write(data);
                    total += data.Length;
                    written = true;
                }

                connection.Consume(consumed);
            }

            context.Bytes.SetResponse(total);
            if (written && !await FlushAsync(context))
            {
                return false;
            }

            if (decoder.IsDone)
            {
                return true;
            }

            if (connection.Add(await connection.ReceiveAsync(limit)) == 0)
            {
                return false;
            }
        }
    }

    private static async ValueTask<bool> CopyToEndAsync(RequestContext context, UpstreamConnection connection, TimeSpan limit)
    {
        var total = 0L;
        while (true)
        {
            var received = connection.ReceivedMemory;
            total += received.Length;
            context.Bytes.SetResponse(total);
            if (!received.IsEmpty && !await WriteAsync(context, received))
            {
                return false;
            }

            connection.Consume(received.Length);
            if (connection.Add(await connection.ReceiveAsync(limit)) == 0)
            {
                return true;
            }
        }
    }

    private static async ValueTask<bool> WriteAsync(RequestContext context, ReadOnlyMemory<byte> bytes)
    {
        var result = await context.Http.Response.BodyWriter.WriteAsync(bytes);
        return !result.IsCompleted && !context.IsClientGone;
    }

    private static async ValueTask<bool> FlushAsync(RequestContext context)
    {
        var result = await context.Http.Response.BodyWriter.FlushAsync();
        return !result.IsCompleted && !context.IsClientGone;
    }
}
