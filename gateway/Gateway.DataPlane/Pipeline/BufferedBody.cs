using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Reads a request's body for a plugin that must see it whole, and gives it back for the upstream. Waits for the client: for offloaded phases alone.</summary>
public static class BufferedBody
{
    /// <summary>Longer bodies are not read.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>The body, null where it is longer than <see cref="Limit"/>. Either way it still reaches the upstream.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength > Limit)
        {
            return null;
        }

        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while (buffer.Length <= Limit && (read = await request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
        }

        if (buffer.Length > Limit)
        {
            buffer.Position = 0;
            request.Body = new ConcatenatedStream(buffer, request.Body);
            return null;
        }

        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        request.Body = new MemoryStream(buffer.GetBuffer(), 0, (int)buffer.Length, writable: false);
        return body;
    }

    /// <summary>Replaces the body that goes upstream.</summary>
    public static void Replace(HttpContext http, byte[] body)
    {
        http.Request.Body = new MemoryStream(body, writable: false);
        http.Request.Headers.TransferEncoding = default;
        http.Request.ContentLength = body.Length;

        // A request that came without a body may go on with one, and the other way round.
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new ReplacedBody(body.Length > 0));
    }
}
