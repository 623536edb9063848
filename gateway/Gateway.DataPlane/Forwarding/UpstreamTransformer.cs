using System.Diagnostics;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.DataPlane.Forwarding;

/// <summary>What the gateway changes on the way to an upstream and back. One per <see cref="RequestContext"/>, reused with it.</summary>
internal sealed class UpstreamTransformer(RequestContext context, ResponseWriter responses) : HttpTransformer
{
    private static readonly UriCreationOptions AsIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private UpstreamAttempt? _attempt;

    public void Begin(UpstreamAttempt attempt) => _attempt = attempt;

    public void End() => _attempt = null;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var attempt = _attempt!;
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        // The path was brought into normal form when it was routed. Uri's own form would differ from what the route matched.
        proxyRequest.RequestUri = new Uri(destinationPrefix + attempt.PathAndQuery, AsIs);
        proxyRequest.Headers.Host = attempt.HostHeader;
        context.Timings.SentUpstream = Stopwatch.GetTimestamp();
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        context.Timings.ResponseHeaders = Stopwatch.GetTimestamp();
        context.IsProxied = true;
        var copyBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        await responses.PrepareProxiedAsync(context);
        context.Bytes.BeginResponse(httpContext);
        return copyBody;
    }
}
