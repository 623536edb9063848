using System.Collections.Concurrent;
using System.Net;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Plugins.Tests.OpenTelemetry.Otlp;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.OpenTelemetry;

/// <summary>An OTLP receiver that reads with the code that protoc makes.</summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ExportTraceServiceRequest> _exports = new();
    private RunningUpstream _server = null!;

    public string Url => _server.Url.AbsoluteUri + "v1/traces";

    public ConcurrentQueue<HttpStatusCode> Refusals { get; } = new();

    public string? Authorization { get; set; }

    public int Requests => _server.Requests;

    public IReadOnlyList<ExportTraceServiceRequest> Exports => [.. _exports];

    public IReadOnlyList<Span> Spans => [.. _exports.SelectMany(static export => export.ResourceSpans).SelectMany(static resource => resource.ScopeSpans).SelectMany(static scope => scope.Spans)];

    public Span Root => Spans.Single(static span => span.Name == "kong");

    public static async Task<TraceReceiver> StartAsync()
    {
        var receiver = new TraceReceiver();
        receiver._server = await RunningUpstream.StartAsync(receiver.ReceiveAsync);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.ContentType != "application/x-protobuf" || http.Request.Path != "/v1/traces" || (Authorization is not null && http.Request.Headers.Authorization != Authorization))
        {
            http.Response.StatusCode = 400;
        }
        else if (Refusals.TryDequeue(out var refusal))
        {
            http.Response.StatusCode = (int)refusal;
        }
        else
        {
            _exports.Enqueue(ExportTraceServiceRequest.Parser.ParseFrom(body.ToArray()));
        }
    }
}
