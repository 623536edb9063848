using System.Buffers.Binary;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>A finished request's spans in OTLP's form (opentelemetry/proto/trace/v1/trace.proto), under Kong's names.</summary>
internal static class SpanWriter
{
    private const int Server = 2;
    private const int Client = 3;
    private const int Error = 2;
    private const int NanosecondsPerTick = 100;

    /// <summary>The <c>spans</c> of a <c>ScopeSpans</c>, each with its tag: what is written one after the other is a list.</summary>
    public static byte[] Write(RequestContext context, RequestTrace request, DateTimeOffset now)
    {
        var (end, start) = (now, now - context.Durations.Total);
        var all = new ProtobufWriter();
        all.Message(2, Root(context, request, start, end));
        var tries = context.Tries;
        for (var i = 0; i < tries.Count; i++)
        {
            // One ends where the next begins; upstreams know the last by its id.
            var isLast = i == tries.Count - 1;
            var began = start + tries[i].Started;
            var ended = isLast ? end : start + tries[i + 1].Started;
            all.Message(2, Try(context, request, i, tries[i].Host, tries[i].Port, tries[i].Failed, isLast ? request.Upstream : Other(request.Upstream, i), began, ended < began ? began : ended));
        }

        return all.ToArray();
    }

    private static ProtobufWriter Root(RequestContext context, RequestTrace request, DateTimeOffset start, DateTimeOffset end)
    {
        var http = context.Http;
        var status = http.Response.StatusCode;
        var span = Begin(request, request.Trace.Span, request.Parent, "kong", Server, start, end);
        Attribute(span, "http.method", http.Request.Method);
        Attribute(span, "http.url", $"{context.Scheme}://{http.Request.Host.Value}{context.RawTarget.Split('?')[0]}");
        Attribute(span, "http.host", http.Request.Host.Host);
        Attribute(span, "http.scheme", context.Scheme);
        Attribute(span, "http.flavor", http.Request.Protocol.Replace("HTTP/", string.Empty, StringComparison.Ordinal));
        Attribute(span, "http.client_ip", context.ClientAddress.ToString());
        Attribute(span, "net.peer.ip", http.Connection.RemoteIpAddress?.ToString());
        Attribute(span, "http.route", context.Route?.Paths is [var path, ..] ? path : null);
        Attribute(span, "kong.request.id", context.RequestId);
        Attribute(span, "kong.route.name", context.Route?.Name);
        Attribute(span, "kong.service.name", context.Service?.Name);
        Attribute(span, "http.status_code", status);
        End(span, isError: status >= StatusCodes.Status500InternalServerError);
        return span;
    }

    private static ProtobufWriter Try(
        RequestContext context, RequestTrace request, int index, string host, int port, bool failed, ulong id, DateTimeOffset start, DateTimeOffset end)
    {
        var span = Begin(request, id, request.Trace.Span, "kong.balancer", Client, start, end);
        Attribute(span, "net.peer.name", host);
        Attribute(span, "net.peer.port", port);
        Attribute(span, "try_count", index + 1);
        Attribute(span, "peer.service", context.Service?.Name);
        End(span, failed);
        return span;
    }

    private static ProtobufWriter Begin(RequestTrace request, ulong id, ulong parent, string name, int kind, DateTimeOffset start, DateTimeOffset end)
    {
        var span = new ProtobufWriter();
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, request.Trace.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], request.Trace.Low);
        span.Bytes(1, bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        span.Bytes(2, bytes[..8]);
        if (parent != 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, parent);
            span.Bytes(4, bytes[..8]);
        }

        span.Text(5, name);
        span.Integer(6, kind);
        span.Fixed64(7, Nanoseconds(start));
        span.Fixed64(8, Nanoseconds(end));
        return span;
    }

    private static void End(ProtobufWriter span, bool isError)
    {
        if (isError)
        {
            var status = new ProtobufWriter();
            status.Integer(3, Error);
            span.Message(15, status);
        }
    }

    private static void Attribute(ProtobufWriter span, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            span.Message(9, KeyValue(name, value));
        }
    }

    private static void Attribute(ProtobufWriter span, string name, int number)
    {
        var value = new ProtobufWriter();
        value.Integer(3, number);
        var pair = new ProtobufWriter();
        pair.Text(1, name);
        pair.Message(2, value);
        span.Message(9, pair);
    }

    public static ProtobufWriter KeyValue(string name, string text)
    {
        var value = new ProtobufWriter();
        value.Text(1, text);
        var pair = new ProtobufWriter();
        pair.Text(1, name);
        pair.Message(2, value);
        return pair;
    }

    // Nobody else knows those of attempts that failed.
    private static ulong Other(ulong id, int index) => (id ^ (0x9e3779b97f4a7c15 * (ulong)(index + 1))) | 1;

    private static ulong Nanoseconds(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
}
