using System.Diagnostics;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Routing;
using Gateway.DataPlane.Telemetry;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Pipeline;

/// <summary>A request's way: rewrite, route, access, upstream, response, log.</summary>
internal sealed class ProxyPipeline(
    ConfigurationStore configurations,
    RequestContextPool contexts,
    PhaseRunner phases,
    UpstreamForwarder forwarder,
    ResponseWriter responses,
    RequestMetrics metrics,
    ILogger<ProxyPipeline> logger)
{
    private static readonly GatewayResponse NoRoute =
        GatewayResponse.Error(StatusCodes.Status404NotFound, "no Route matched with those values");

    public async Task HandleAsync(HttpContext http, ProxyConnection connection)
    {
        var context = connection.TakeContext() ?? contexts.Get();
        context.Begin(http, connection, configurations.Current, RequestIds.New());
        try
        {
            // No state machine of their own for the steps in between: each that waits for the upstream costs an allocation and a continuation.
            if (await AnswerAsync(context) is { } answer)
            {
                await responses.WriteAsync(context, answer);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            PipelineLog.ClientGone(logger, context.RequestId);
        }
        catch (BadHttpRequestException malformed)
        {
            await responses.WriteAsync(context, RequestRefusedException.AnswerTo(malformed));
        }
        catch (Exception failure)
        {
            PipelineLog.RequestFailed(logger, context.RequestId, failure);
            await responses.WriteAsync(context, GatewayResponse.PluginFailed);
        }

        try
        {
            await phases.LogAsync(context);
        }
        finally
        {
            Count(context);
            context.End();
            if (!connection.TryKeep(context))
            {
                contexts.Return(context);
            }
        }
    }

    /// <summary>Null where the client has the upstream's answer.</summary>
    private ValueTask<GatewayResponse?> AnswerAsync(RequestContext context)
    {
        var http = context.Http;
        var global = context.Runtime.GlobalChain;
        context.Chain = global;
        context.RawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        context.Path = RequestPath.Normalize(RequestTarget.PathOf(context.RawTarget));
        context.Bytes.BeginRequest(http);
        ConsumerHeaders.Clear(http.Request.Headers);
        ClientIdentity.Read(context);

        if (RequestGuard.Check(http.Request) is { } refused)
        {
            return new(refused);
        }

        var rewrite = phases.RewriteAsync(context, global);
        if (!rewrite.IsCompletedSuccessfully)
        {
            return AwaitAsync(rewrite);
        }

        return rewrite.Result is { } answer ? new(answer) : ServeAsync(context);

        async ValueTask<GatewayResponse?> AwaitAsync(ValueTask<GatewayResponse?> pending) => await pending ?? await ServeAsync(context);
    }

    private ValueTask<GatewayResponse?> ServeAsync(RequestContext context)
    {
        if (!TryRoute(context, out var match))
        {
            return new(NoRoute);
        }

        var plan = PlanOf(context.Runtime, match.Route);
        context.Plan = plan;
        context.MatchedLength = match.MatchedLength;
        context.Chain = plan.Chain;
        return ProtocolRules.Check(context, match.Route) is { } refused ? new(refused) : AccessAndForwardAsync(context);
    }

    // No state machine where the access phase needs no waiting.
    private ValueTask<GatewayResponse?> AccessAndForwardAsync(RequestContext context)
    {
        var access = phases.AccessAsync(context);
        if (!access.IsCompletedSuccessfully)
        {
            return AwaitAsync(access);
        }

        var answer = access.Result;
        return answer is not null ? new(answer) : forwarder.ForwardAsync(context);

        async ValueTask<GatewayResponse?> AwaitAsync(ValueTask<GatewayResponse?> pending) => await pending ?? await forwarder.ForwardAsync(context);
    }

    private static bool TryRoute(RequestContext context, out RouteMatch match)
    {
        var http = context.Http;
        var isTls = string.Equals(context.Scheme, "https", StringComparison.OrdinalIgnoreCase);
        var host = RequestTarget.HostOf(http.Request.Host.Value ?? string.Empty, isTls, out var port);
        return context.Runtime.Router.TryMatch(
            new RouteRequest
            {
                Method = http.Request.Method,
                Host = host,
                Port = port,
                Path = context.Path,
                IsTls = isTls,
                Sni = isTls ? http.Features.Get<ITlsHandshakeFeature>()?.HostName : null,
                Headers = http.Request.Headers,
            },
            out match);
    }

    private RoutePlan PlanOf(RuntimeConfiguration configuration, RouteModel route)
    {
        if (route.Plan is { } known && known.Generation == configuration.Generation)
        {
            return known;
        }

        var plan = new RoutePlan(configuration, route, metrics);
        route.Plan = plan;
        return plan;
    }

    private void Count(RequestContext context)
    {
        var http = context.Http;
        var status = !http.Response.HasStarted && context.IsClientGone
            ? UpstreamForwarder.ClientClosedRequest
            : http.Response.StatusCode;
        var slot = (context.Plan?.Metrics ?? metrics.Unrouted).For(status);
        slot.Requests.Add(1);
        slot.RequestBytes.Add(context.Bytes.Request);
        slot.ResponseBytes.Add(context.Bytes.Response);
        slot.RequestLatency.Observe(Stopwatch.GetElapsedTime(context.Timings.Started));
        slot.ProxyLatency.Observe(context.Timings.Gateway);
        if (context.Timings.ResponseHeaders != 0)
        {
            slot.UpstreamLatency.Observe(context.Timings.Upstream);
        }

        if (context.Consumer is { } consumer)
        {
            metrics.CountConsumer(consumer);
        }
    }
}
