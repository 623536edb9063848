using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Sends a request to its service: picks targets, retries where no connection came about, and words what went wrong as Kong does.</summary>
internal sealed class UpstreamForwarder(IUpstreamTransport transport, ILogger<UpstreamForwarder> logger)
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
    public async ValueTask<GatewayResponse?> ForwardAsync(RequestContext context)
    {
        var plan = context.Plan!;
        if (plan.Service is not { } service)
        {
            return NoService;
        }

        UpstreamHeaders.Write(context);
        var http = context.Http;
        var path = UpstreamPath.Build(service.Path, plan.Route, context.Path.Span, context.MatchedLength) + http.Request.QueryString.Value;
        TransportResult result = default;
        for (var attempt = 0; attempt <= service.Entity.Retries; attempt++)
        {
            var target = plan.Upstream is null ? service.Direct : plan.Upstream.Balancer.Pick(context.FailedTargets);
            if (target is null)
            {
                return NoTarget;
            }

            var host = plan.Route.Entity.PreserveHost && http.Request.Host.HasValue ? http.Request.Host.Value : target.HostHeader(service.IsTls);
            result = await transport.SendAsync(context, new UpstreamAttempt(service, target, path, host));
            if (result.Outcome == TransportOutcome.Completed)
            {
                return null;
            }

            ForwardingLog.AttemptFailed(logger, service.Entity.Name ?? service.Id.ToString(), target.Authority, result.Outcome, context.RequestId, result.Failure);
            if (!result.MayRetry)
            {
                break;
            }

            context.FailedTargets.Add(target);
        }

        return Answer(result);
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
