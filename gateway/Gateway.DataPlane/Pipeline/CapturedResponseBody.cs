using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// Copies a response's body for plugins while it passes on to the client. Nothing is held back; what grows over the limit is not copied any further, and the copy is
/// dropped.
/// </summary>
internal sealed class CapturedResponseBody : IHttpResponseBodyFeature
{
    private readonly IHttpResponseBodyFeature _inner;
    private readonly int _limit;
    private ArrayBufferWriter<byte>? _copy = new();
    private Stream? _stream;
    private PipeWriter? _writer;
    private bool _isWhole;

    public CapturedResponseBody(HttpContext http, int limit)
    {
        _limit = limit;
        _inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(this);
    }

    public Stream Stream => _stream ??= new CapturingStream(this, _inner.Stream);

    public PipeWriter Writer => _writer ??= new CapturingWriter(this, _inner.Writer);

    /// <summary>All of the body, once it is over; null where it was too long, or broke off.</summary>
    public ReadOnlyMemory<byte>? Whole => _isWhole ? _copy?.WrittenMemory : null;

    /// <summary>The body is over, and was not broken off.</summary>
    public void End() => _isWhole = true;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_copy is null)
        {
            return;
        }

        if (_copy.WrittenCount + bytes.Length > _limit)
        {
            _copy = null;
            return;
        }

        _copy.Write(bytes);
    }

    public void DisableBuffering() => _inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => _inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task CompleteAsync() => _inner.CompleteAsync();
}
