using Gateway.DataPlane.Forwarding.Http1;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.DataPlane.Forwarding;

/// <summary>
/// A route's <c>request_buffering</c>, the default: an upstream hears of a request once its body is here, so that a slow client costs it nothing, gets its length, and may get it again.
/// Kong writes long bodies to disk first; here they pass as they come. The body stays with the server's reader, and is copied nowhere.
/// </summary>
internal static class RequestBuffering
{
    /// <summary>Bytes of the longest body that is waited for.</summary>
    public const int Limit = 64 * 1024;

    public static bool IsWanted(RequestContext context)
    {
        var http = context.Http;
        var request = http.Request;
        return BodyBytes.CanHaveBody(http)
            && request.ContentLength is null or (> 0 and <= Limit)
            && context.Plan!.Route.Entity.RequestBuffering
            && context.Bytes.IsClients(http)
            && !IsConversation(request);
    }

    /// <summary>Null once the body, or more than is waited for, is here.</summary>
    public static ValueTask<TransportResult?> WaitAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        if (!reader.TryRead(out var read))
        {
            return ReadAsync(http);
        }

        if (http.Request.ContentLength is { } length && read.Buffer.Length >= length && !read.IsCanceled)
        {
            // Not looked at: the next read gives it again at once.
            reader.AdvanceTo(read.Buffer.Start);
            return default;
        }

        reader.AdvanceTo(read.Buffer.Start);
        return ReadAsync(http);
    }

    private static async ValueTask<TransportResult?> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                if (await ClientBody.ReadAsync(reader) is not { } read)
                {
                    return ClientBody.TooSlow(failure: null);
                }

                var length = read.Buffer.Length;
                var isWhole = read.IsCompleted || length >= request.ContentLength;
                if (!isWhole && length <= Limit)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                reader.AdvanceTo(read.Buffer.Start);
                if (request.ContentLength is null)
                {
                    // The stream beneath has given it away.
                    request.Body = reader.AsStream(leaveOpen: true);
                    if (isWhole)
                    {
                        // Known now, as nginx has it; there are upstreams that want one.
                        request.Headers.TransferEncoding = default;
                        request.ContentLength = length;
                    }
                }

                return null;
            }
        }
        catch (BadHttpRequestException malformed)
        {
            return new TransportResult(TransportOutcome.ClientFault, malformed, malformed);
        }
        catch (IOException broken) when (!http.RequestAborted.IsCancellationRequested)
        {
            return ClientBody.Unreadable(broken);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new TransportResult(TransportOutcome.ClientGone, gone);
        }
    }

    // Both sides talk at once, or the upstream is to say first whether it wants the body. Trailers come after it, which a body with a length can't have.
    private static bool IsConversation(HttpRequest request) =>
        HttpMethods.IsConnect(request.Method)
        || request.Headers.ContainsKey(HeaderNames.Upgrade)
        || request.Headers.ContainsKey(HeaderNames.Expect)
        || request.Headers.ContainsKey(HeaderNames.Trailer)
        || request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true;
}
