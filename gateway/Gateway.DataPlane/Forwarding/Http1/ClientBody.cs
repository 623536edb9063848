using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>Sends a client's body on as it comes, beside the response's way back.</summary>
internal static class ClientBody
{
    private const int MaxChunkHead = 20;

    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    /// <summary>Puts what has come of a body with a length behind the head, so that a small request is one packet. True where that is all of it.</summary>
    public static bool TryAppend(HttpRequest request, RequestHead head)
    {
        if (request.ContentLength is not { } length || length > ExchangeLimits.BufferSize || !request.BodyReader.TryRead(out var read))
        {
            return false;
        }

        if (read.Buffer.Length < length)
        {
            // Not looked at: the next read gives it again at once.
            request.BodyReader.AdvanceTo(read.Buffer.Start);
            return false;
        }

        foreach (var segment in read.Buffer)
        {
            head.Append(segment.Span);
        }

        // Seen and not taken: over another connection it may be sent again.
        request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        return true;
    }

    /// <summary>The client sent nothing for too long.</summary>
    public static TransportResult TooSlow(Exception? failure) =>
        new(TransportOutcome.ClientFault, failure, new BadHttpRequestException("The body did not come in time.", StatusCodes.Status408RequestTimeout));

    /// <summary>The server says so of a chunk's size that no number holds.</summary>
    public static TransportResult Unreadable(IOException broken) =>
        new(TransportOutcome.ClientFault, broken, new BadHttpRequestException("The body could not be read.", broken));

    /// <summary>How it ended. The connection is of no more use unless <see cref="ClientBodyOutcome.Sent"/>.</summary>
    public static async Task<ClientBodyResult> SendAsync(RequestContext context, UpstreamConnection connection, TimeSpan limit)
    {
        var http = context.Http;
        var reader = http.Request.BodyReader;
        var chunked = http.Request.ContentLength is null;
        var remaining = http.Request.ContentLength ?? 0;
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var read))
                {
                    if (await ReadAsync(reader) is not { } next)
                    {
                        return new ClientBodyResult(ClientBodyOutcome.TooSlow);
                    }

                    read = next;
                }

                var body = read.Buffer;
                if (read.IsCanceled)
                {
                    reader.AdvanceTo(body.Start);
                    return new ClientBodyResult(ClientBodyOutcome.UpstreamGone);
                }

                if (!chunked && body.Length > remaining)
                {
                    reader.AdvanceTo(body.End);
                    return new ClientBodyResult(ClientBodyOutcome.LengthDiffers);
                }

                remaining -= body.Length;
                if (!body.IsEmpty)
                {
                    await SendAsync(connection, body, chunked, limit);
                }

                reader.AdvanceTo(body.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            if (chunked)
            {
                await connection.SendAsync(LastChunk, limit);
            }

            return new ClientBodyResult(!chunked && remaining > 0 ? ClientBodyOutcome.LengthDiffers : ClientBodyOutcome.Sent);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // What the upstream has to say to that is read beside.
            return new ClientBodyResult(ClientBodyOutcome.UpstreamGone, gone);
        }
        catch (BadHttpRequestException malformed)
        {
            return new ClientBodyResult(ClientBodyOutcome.Malformed, malformed);
        }
        catch (IOException broken) when (!http.RequestAborted.IsCancellationRequested)
        {
            return new ClientBodyResult(ClientBodyOutcome.Malformed, Unreadable(broken).Fault);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new ClientBodyResult(ClientBodyOutcome.ClientGone, gone);
        }
    }

    /// <summary>Null where the client sent nothing for too long.</summary>
    public static async ValueTask<ReadResult?> ReadAsync(PipeReader reader)
    {
        var reading = reader.ReadAsync().AsTask();
        try
        {
            return await reading.WaitAsync(ExchangeLimits.ClientBody);
        }
        catch (TimeoutException)
        {
            // The reader is the server's again when this returns.
            reader.CancelPendingRead();
            reader.AdvanceTo((await reading).Buffer.Start);
            return null;
        }
    }

    private static async ValueTask SendAsync(UpstreamConnection connection, ReadOnlySequence<byte> body, bool chunked, TimeSpan limit)
    {
        if (chunked)
        {
            var size = new byte[MaxChunkHead];
            var length = Encoding.ASCII.GetBytes(body.Length.ToString("x", CultureInfo.InvariantCulture), size);
            LineEnd.CopyTo(size, length);
            await connection.SendAsync(size.AsMemory(0, length + LineEnd.Length), limit);
        }

        foreach (var segment in body)
        {
            await connection.SendAsync(segment, limit);
        }

        if (chunked)
        {
            await connection.SendAsync(LineEnd, limit);
        }
    }
}
