using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// Holds an upstream's body back until it is whole, so that plugins can change it, and then sends what they made of it. Stands between whatever carries the body and
/// the server, so nothing has been sent before: a body that is too long still becomes a clean error.
/// </summary>
internal sealed class TransformedResponseBody : IHttpResponseBodyFeature, IDisposable
{
    /// <summary>Longer bodies are refused: passing them on as they are could reveal what a plugin was told to take away.</summary>
    public const int Limit = 8 * 1024 * 1024;

    private static readonly GatewayResponse TooLong =
        GatewayResponse.Error(StatusCodes.Status502BadGateway, "The response body is too large to be transformed");

    private readonly HttpContext _http;
    private readonly IHttpResponseBodyFeature _inner;
    private readonly IReadOnlyList<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> _transforms;
    private readonly BoundedBuffer _buffer = new(Limit, TooLong);
    private PipeWriter? _writer;
    private bool _isFinished;

    public TransformedResponseBody(HttpContext http, IReadOnlyList<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> transforms)
    {
        _http = http;
        _inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _transforms = transforms;
        http.Features.Set<IHttpResponseBodyFeature>(this);
    }

    public Stream Stream => _buffer;

    public PipeWriter Writer => _writer ??= PipeWriter.Create(_buffer, new StreamPipeWriterOptions(leaveOpen: true));

    public void DisableBuffering()
    {
        // Holding back is what this is for.
    }

    // The head goes out with the body, whose length it names.
    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await FinishAsync();
        await _inner.CompleteAsync();
    }

    /// <summary>Sends the transformed body. Once; a second call does nothing.</summary>
    /// <returns>The length of what was sent.</returns>
    public async ValueTask<long> FinishAsync()
    {
        if (_isFinished)
        {
            return 0;
        }

        if (_writer is not null)
        {
            await _writer.FlushAsync();
        }

        // JSON of megabytes is no work for a thread that serves sockets.
        await default(ThreadPoolHop);
        Restore();
        var body = Apply(_transforms, _buffer.Written);
        _http.Response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            await _inner.Stream.WriteAsync(body, _http.RequestAborted);
        }

        return body.Length;
    }

    /// <summary>Gives up: what was held back is dropped, and somebody else answers.</summary>
    public void Restore()
    {
        _isFinished = true;
        _http.Features.Set(_inner);
    }

    public void Dispose() => _buffer.Dispose();

    public static ReadOnlyMemory<byte> Apply(IReadOnlyList<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> transforms, ReadOnlyMemory<byte> body)
    {
        foreach (var transform in transforms)
        {
            body = transform(body);
        }

        return body;
    }
}
