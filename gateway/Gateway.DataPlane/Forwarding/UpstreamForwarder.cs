using System.Diagnostics;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Sends a request to its service: picks targets, retries where no connection came about, and words what went wrong as Kong does.</summary>
internal sealed class UpstreamForwarder(IUpstreamTransport transport, UpstreamBalancer balancer, ILogger<UpstreamForwarder> logger)
{
    /// <summary>nginx's status for a client that went away, never sent.</summary>
    public const int ClientClosedRequest = 499;

    private static readonly GatewayResponse NoService =
        GatewayResponse.Error(StatusCodes.Status503ServiceUnavailable, "no Service found with those values");

    private static readonly GatewayResponse NoTarget =
        GatewayResponse.Error(StatusCodes.Status503ServiceUnavailable, "failure to get a peer from the ring-balancer");

    private static readonly GatewayResponse NoName = GatewayResponse.Error(StatusCodes.Status503ServiceUnavailable, "name resolution failed");

    private static readonly GatewayResponse BadGateway =
        GatewayResponse.Error(StatusCodes.Status502BadGateway, "An invalid response was received from the upstream server");

    private static readonly GatewayResponse TimedOut =
        GatewayResponse.Error(StatusCodes.Status504GatewayTimeout, "The upstream server is timing out");

    /// <summary>Null where the client has the upstream's answer, or is gone.</summary>
    public ValueTask<GatewayResponse?> ForwardAsync(RequestContext context)
    {
        if (!RequestBuffering.IsWanted(context))
        {
            return SendOnAsync(context);
        }

        var body = RequestBuffering.WaitAsync(context.Http);
        return body is { IsCompletedSuccessfully: true, Result: null } ? SendOnAsync(context) : AwaitAsync(body);

        async ValueTask<GatewayResponse?> AwaitAsync(ValueTask<TransportResult?> pending) => await pending is { } failed ? Answer(failed) : await SendOnAsync(context);
    }

    private ValueTask<GatewayResponse?> SendOnAsync(RequestContext context) =>
        context.Upstream.Method is { } method ? SendWithMethodAsync(context, method) : TryTargetsAsync(context);

    private async ValueTask<GatewayResponse?> SendWithMethodAsync(RequestContext context, string method)
    {
        // Whatever carries the request takes the method from it.
        var request = context.Http.Request;
        context.ClientMethod = request.Method;
        request.Method = method;
        try
        {
            return await TryTargetsAsync(context);
        }
        finally
        {
            request.Method = context.ClientMethod;
        }
    }

    private async ValueTask<GatewayResponse?> TryTargetsAsync(RequestContext context)
    {
        var plan = context.Plan!;
        if (plan.Service is not { } service)
        {
            return NoService;
        }

        HopHeaders.Remove(context.Http.Request.Headers);
        context.Forwarded = ForwardedFields.Of(context);
        var (upstream, direct) = Destination(context, plan, service);
        var path = (context.Upstream.Path ?? UpstreamPath.Build(service.Path, plan.Route, context.Path.Span, context.MatchedLength)) + context.Http.Request.QueryString.Value;
        context.UpstreamUri = path;
        var hash = upstream?.HashInput?.Read(context);
        TransportResult result = default;
        for (var attempt = 0; attempt <= service.Entity.Retries; attempt++)
        {
            Peer? peer = null;
            if (upstream is not null)
            {
                // Taken anew for each attempt: the last one may have turned a peer.
                var peers = await balancer.PeersAsync(upstream);
                peer = balancer.Begin(peers, context.FailedTargets, hash);
                if (peer is null)
                {
                    return context.Upstream.TryFallBack() ? await TryTargetsAsync(context) : NoTarget;
                }
            }

            var started = context.Chain.Log.Length > 0 ? Stopwatch.GetTimestamp() : 0;
            result = await SendAsync(context, service, upstream, peer, direct, path);
            var target = peer?.Address ?? direct;
            if (started != 0)
            {
                context.TryList.Add(new UpstreamTry(target.Host, target.Port, Stopwatch.GetElapsedTime(context.Timings.Started, started), result.Outcome != TransportOutcome.Completed));
            }

            if (result.Outcome == TransportOutcome.Completed)
            {
                if (context.TransformedBody is { } body)
                {
                    context.Bytes.SetResponse(await body.FinishAsync());
                }

                context.Captured?.End();
                return null;
            }

            ForwardingLog.AttemptFailed(logger, service.Entity.Name ?? service.Id.ToString(), target.Authority, result.Outcome, context.RequestId, result.Failure);
            if (!result.MayRetry)
            {
                break;
            }

            if (peer is not null)
            {
                context.FailedTargets.Add(peer);
            }
        }

        return result.MayRetry && context.Upstream.TryFallBack() ? await TryTargetsAsync(context) : Answer(result);
    }

    // What the route says, unless a plugin sends the request elsewhere.
    private static (UpstreamModel? Upstream, TargetModel Direct) Destination(RequestContext context, RoutePlan plan, ServiceModel service)
    {
        var (host, port) = (context.Upstream.Host, context.Upstream.Port);
        if (host is null && port is null)
        {
            return (plan.Upstream, service.Direct);
        }

        host ??= service.Entity.Host;
        return context.Runtime.FindUpstream(host) is { } upstream
            ? (upstream, service.Direct)
            : (null, new TargetModel(host, port ?? service.Entity.Port, weight: 1));
    }

    // Without a peer there is nothing to account for, and no state machine in between.
    private ValueTask<TransportResult> SendAsync(
        RequestContext context, ServiceModel service, UpstreamModel? upstream, Peer? peer, TargetModel direct, string path)
    {
        var request = context.Http.Request;
        var target = peer?.Address ?? direct;
        var host = context.Upstream.HostHeader
            ?? (context.Plan!.Route.Entity.PreserveHost && request.Host.HasValue ? request.Host.Value : target.HostHeader(service.IsTls));
        var attempt = new UpstreamAttempt(service, target, path, host);
        return peer is null ? transport.SendAsync(context, attempt) : SendToPeerAsync(context, attempt, upstream!, peer);
    }

    private async ValueTask<TransportResult> SendToPeerAsync(RequestContext context, UpstreamAttempt attempt, UpstreamModel upstream, Peer peer)
    {
        var started = Stopwatch.GetTimestamp();
        context.Timings.ResponseHeaders = 0;

        // What a transport throws is about the client.
        var outcome = TransportOutcome.ClientGone;
        try
        {
            var result = await transport.SendAsync(context, attempt);
            outcome = result.Outcome;
            return result;
        }
        finally
        {
            balancer.End(upstream, peer, outcome, started, context.Timings.ResponseHeaders, context.UpstreamStatus);
        }
    }

    private static GatewayResponse? Answer(TransportResult result) => result.Outcome switch
    {
        TransportOutcome.ConnectFailed or TransportOutcome.Failed => BadGateway,
        TransportOutcome.ConnectTimedOut or TransportOutcome.TimedOut => TimedOut,
        TransportOutcome.NameNotResolved => NoName,
        TransportOutcome.ClientFault => RequestRefusedException.AnswerTo(result.Fault!),
        _ => null,
    };
}
