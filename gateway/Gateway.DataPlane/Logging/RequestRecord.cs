using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Routing;
using Gateway.Model;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Logging;

/// <summary>Writes a finished request as Kong's <c>kong.log.serialize</c> does. Sizes are of bodies. The values of <c>Authorization</c> and <c>Proxy-Authorization</c> are not shown.</summary>
internal sealed class RequestRecord(TimeProvider time)
{
    private const string Redacted = "REDACTED";

    public byte[] Serialize(RequestContext context)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, context);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json, RequestContext context)
    {
        var http = context.Http;
        var elapsed = Stopwatch.GetElapsedTime(context.Timings.Started);
        var startedAt = time.GetUtcNow() - elapsed;
        json.WriteStartObject();
        WriteRequest(json, context);
        if (context.UpstreamUri is { } uri)
        {
            json.WriteString("upstream_uri", uri);
        }

        if (context.IsProxied)
        {
            json.WriteString("upstream_status", context.UpstreamStatus.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteStartObject("response");
        json.WriteNumber("status", http.Response.StatusCode);
        WriteHeaders(json, http.Response.Headers);
        json.WriteNumber("size", context.Bytes.Response);
        json.WriteEndObject();
        WriteTries(json, context, startedAt);
        WriteLatencies(json, context, elapsed);
        if (context.Credential is { } credential)
        {
            json.WriteStartObject("authenticated_entity");
            json.WriteString("id", credential.Id);
            json.WriteEndObject();
        }

        WriteEntities(json, context);
        json.WriteString("client_ip", context.ClientAddress.ToString());
        json.WriteNumber("started_at", startedAt.ToUnixTimeMilliseconds());
        json.WriteString("source", context.IsProxied ? "upstream" : "kong");
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, RequestContext context)
    {
        var http = context.Http;
        var request = http.Request;
        var host = RequestTarget.HostOf(request.Host.Value ?? string.Empty, context.Scheme == "https", out var port);
        json.WriteStartObject("request");
        json.WriteString("id", context.RequestId);
        json.WriteString("uri", context.RawTarget);
        json.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"{context.Scheme}://{host}:{port}{context.RawTarget}"));
        json.WriteString("method", request.Method);
        json.WriteStartObject("querystring");
        var query = context.RawTarget.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            foreach (var (name, values) in QueryHelpers.ParseQuery(context.RawTarget[query..]))
            {
                WriteValues(json, name, values);
            }
        }

        json.WriteEndObject();
        WriteHeaders(json, request.Headers);
        json.WriteNumber("size", context.Bytes.Request);
        if (http.Features.Get<ITlsHandshakeFeature>() is { } tls)
        {
            json.WriteStartObject("tls");
            json.WriteString("version", tls.Protocol switch
            {
                SslProtocols.Tls13 => "TLSv1.3",
                SslProtocols.Tls12 => "TLSv1.2",
                _ => tls.Protocol.ToString(),
            });
            json.WriteString("cipher", tls.NegotiatedCipherSuite?.ToString());
            json.WriteString("client_verify", http.Connection.ClientCertificate is null ? "NONE" : "SUCCESS");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, IHeaderDictionary headers)
    {
        json.WriteStartObject("headers");
        foreach (var (name, values) in headers)
        {
            var lower = name.ToLowerInvariant();
            WriteValues(json, lower, lower is "authorization" or "proxy-authorization" ? Redacted : values);
        }

        json.WriteEndObject();
    }

    // One value is a string, several are an array.
    private static void WriteValues(Utf8JsonWriter json, string name, StringValues values)
    {
        if (values.Count < 2)
        {
            json.WriteString(name, values.ToString());
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteTries(Utf8JsonWriter json, RequestContext context, DateTimeOffset startedAt)
    {
        json.WriteStartArray("tries");
        foreach (var attempt in context.Tries)
        {
            var start = startedAt + attempt.Started;
            json.WriteStartObject();
            json.WriteString("ip", attempt.Host);
            json.WriteNumber("port", attempt.Port);
            json.WriteNumber("balancer_start", start.ToUnixTimeMilliseconds());
            if (attempt.Failed)
            {
                json.WriteString("state", "failed");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLatencies(Utf8JsonWriter json, RequestContext context, TimeSpan elapsed)
    {
        json.WriteStartObject("latencies");
        json.WriteNumber("request", (long)elapsed.TotalMilliseconds);
        json.WriteNumber("kong", (long)context.Timings.Gateway.TotalMilliseconds);
        json.WriteNumber("proxy", context.IsProxied ? (long)context.Timings.Upstream.TotalMilliseconds : -1);
        if (context.IsProxied)
        {
            json.WriteNumber("receive", (long)Stopwatch.GetElapsedTime(context.Timings.ResponseHeaders).TotalMilliseconds);
        }

        json.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter json, RequestContext context)
    {
        if (context.Route is { } route)
        {
            json.WritePropertyName("route");
            JsonSerializer.Serialize(json, route, ModelJson.Default.Route);
        }

        if (context.Service is { } service)
        {
            json.WritePropertyName("service");
            JsonSerializer.Serialize(json, service, ModelJson.Default.Service);
        }

        if (context.Consumer is { } consumer)
        {
            json.WritePropertyName("consumer");
            JsonSerializer.Serialize(json, consumer, ModelJson.Default.Consumer);
        }
    }
}
