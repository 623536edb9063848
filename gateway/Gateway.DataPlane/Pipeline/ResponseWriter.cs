using System.Globalization;
using Gateway.DataPlane.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Pipeline;

/// <summary>What every response has in common, the upstream's and the gateway's own: plugins' headers, the response phase, the gateway's headers.</summary>
internal sealed class ResponseWriter(PhaseRunner phases, ServingState state)
{
    public const string RequestIdHeader = "X-Kong-Request-Id";
    public const string Via = "1.1 gateway";
    private const string UpstreamLatency = "X-Kong-Upstream-Latency";
    private const string ProxyLatency = "X-Kong-Proxy-Latency";
    private const string ResponseLatency = "X-Kong-Response-Latency";

    /// <summary>Runs between the copy of an upstream's headers and the first byte to the client.</summary>
    public ValueTask PrepareProxiedAsync(RequestContext context)
    {
        var http = context.Http;
        context.UpstreamStatus = http.Response.StatusCode;
        var headers = context.Http.Response.Headers;
        headers[UpstreamLatency] = Milliseconds(context.Timings.Upstream);
        headers[ProxyLatency] = Milliseconds(context.Timings.Gateway);
        headers.Via = headers.Via.Count == 0 ? Via : StringValues.Concat(headers.Via, Via);
        var preparing = PrepareAsync(context);
        if (!preparing.IsCompletedSuccessfully)
        {
            return AwaitAsync(preparing, context);
        }

        preparing.GetAwaiter().GetResult();
        PrepareBody(context);
        return default;

        static async ValueTask AwaitAsync(ValueTask<GatewayResponse?> preparing, RequestContext context)
        {
            await preparing;
            PrepareBody(context);
        }
    }

    private static void PrepareBody(RequestContext context)
    {
        var http = context.Http;
        if (context.CaptureLimit > 0)
        {
            // Before whatever changes the body: what is copied is what the client gets.
            context.Captured = new CapturedResponseBody(http, context.CaptureLimit);
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            if (context.Upstream.Method is not null && !HttpMethods.IsHead(context.ClientMethod))
            {
                // The length of a body that the client, who did not ask for the head alone, does not get.
                http.Response.ContentLength = null;
            }
        }
        else if (context.BodyTransforms.Count > 0 && HasBody(http.Response.StatusCode))
        {
            context.TransformedBody = new TransformedResponseBody(http, [.. context.BodyTransforms]);
        }
    }

    /// <summary>Gives the gateway's own answer.</summary>
    public async ValueTask WriteAsync(RequestContext context, GatewayResponse answer)
    {
        var http = context.Http;
        if (http.Response.HasStarted)
        {
            return;
        }

        context.ForgetBodyTransforms();
        http.Response.Clear();
        var body = answer.Body;
        var contentType = answer.ContentType;
        var status = answer.Status;
        if (answer.Message is not null)
        {
            var format = ErrorBody.FormatFor(http.Request);
            contentType = ErrorBody.ContentType(format);
            if (format == ErrorFormat.Grpc)
            {
                status = StatusCodes.Status200OK;
                http.Response.Headers["grpc-status"] = ErrorBody.GrpcStatus(answer.Status);
                http.Response.Headers["grpc-message"] = Uri.EscapeDataString(answer.Message);
            }
            else
            {
                body = ErrorBody.Render(format, answer.Message, context.RequestId);
            }
        }

        http.Response.StatusCode = status;
        if (contentType is not null)
        {
            http.Response.ContentType = contentType;
        }

        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        http.Response.Headers[ResponseLatency] = Milliseconds(context.Timings.Gateway);
        await PrepareAsync(context);
        if (!HasBody(status))
        {
            return;
        }

        if (HttpMethods.IsHead(http.Request.Method) && answer.Message is null && body.IsEmpty)
        {
            // Such as a cached answer to HEAD, whose headers may name the length of the body that GET would have.
            return;
        }

        body = TransformedResponseBody.Apply(context.BodyTransforms, body);

        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method) && body.Length > 0)
        {
            context.Bytes.SetResponse(body.Length);
            await http.Response.Body.WriteAsync(body);
        }
    }

    private static bool HasBody(int status) =>
        status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified or < StatusCodes.Status200OK);

    private ValueTask<GatewayResponse?> PrepareAsync(RequestContext context)
    {
        var headers = context.Http.Response.Headers;
        headers[RequestIdHeader] = context.RequestId;
        context.ResponseHeaders.CopyTo(headers);
        if (state.IsDraining && HttpProtocol.IsHttp11(context.Http.Request.Protocol))
        {
            headers.Connection = "close";
        }

        return phases.ResponseAsync(context);
    }

    private static string Milliseconds(TimeSpan duration) => ((long)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
