using Gateway.DataPlane.Telemetry;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// Runs a chain's phases after the plugin contract: inline steps where the request is, offloaded ones on the pool; a failing plugin fails its request
/// alone; an inline step that stalls is counted.
/// </summary>
internal sealed class PhaseRunner(IOptions<DataPlaneOptions> options, StallMetrics stalls, ILogger<PhaseRunner> logger)
{
    private readonly long _stallMilliseconds = (long)options.Value.StallThreshold.TotalMilliseconds;

    public ValueTask<GatewayResponse?> RewriteAsync(RequestContext context, PluginChain global) =>
        RunAsync(PluginPhase.Rewrite, global.Rewrite, context);

    public ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => RunAsync(PluginPhase.Access, context.Chain.Access, context);

    public ValueTask<GatewayResponse?> ResponseAsync(RequestContext context) => RunAsync(PluginPhase.Response, context.Chain.Response, context);

    public ValueTask<GatewayResponse?> LogAsync(RequestContext context) => RunAsync(PluginPhase.Log, context.Chain.Log, context);

    private ValueTask<GatewayResponse?> RunAsync(PluginPhase phase, PluginStep[] steps, RequestContext context)
    {
        // No state machine as long as every step completes at once, which inline steps always do.
        var caller = default(Consumer);
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            if (step.Instance.Phases.ModeOf(phase) == PhaseMode.Offloaded && !Thread.CurrentThread.IsThreadPoolThread)
            {
                return ContinueAsync(phase, steps, i, context, pending: null);
            }

            var result = Start(phase, step, context);
            if (!result.IsCompletedSuccessfully)
            {
                return ContinueAsync(phase, steps, i, context, result.AsTask());
            }

            if (result.Result is { } answer)
            {
                return new ValueTask<GatewayResponse?>(answer);
            }

            Next(phase, step, context, ref caller, ref steps, ref i);
        }

        return default;
    }

    private async ValueTask<GatewayResponse?> ContinueAsync(
        PluginPhase phase, PluginStep[] steps, int index, RequestContext context, Task<GatewayResponse?>? pending)
    {
        var caller = default(Consumer);
        for (var i = index; i < steps.Length; i++)
        {
            var step = steps[i];
            if (pending is null && step.Instance.Phases.ModeOf(phase) == PhaseMode.Offloaded)
            {
                await default(ThreadPoolHop);
            }

            GatewayResponse? answer;
            try
            {
                answer = await (pending ?? Start(phase, step, context).AsTask());
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !context.Http.RequestAborted.IsCancellationRequested)
            {
                answer = Failed(phase, step, context, failure);
            }

            pending = null;
            if (answer is not null)
            {
                return answer;
            }

            Next(phase, step, context, ref caller, ref steps, ref i);
        }

        return null;
    }

    // A plugin that made the caller known may have changed which plugins come after it.
    private static void Next(PluginPhase phase, PluginStep done, RequestContext context, ref Consumer? caller, ref PluginStep[] steps, ref int index)
    {
        if (phase != PluginPhase.Access || ReferenceEquals(context.Consumer, caller) || context.Consumer is not { } consumer || context.Plan is not { } plan)
        {
            return;
        }

        caller = consumer;
        var chain = plan.ChainFor(consumer.Id, context.Runtime.ConsumerGroupsOf(consumer.Id));
        if (ReferenceEquals(chain, context.Chain))
        {
            return;
        }

        context.Chain = chain;
        steps = chain.Access;
        index = -1;
        while (index + 1 < steps.Length && PluginStep.Order(steps[index + 1], done) <= 0)
        {
            index++;
        }
    }

    private ValueTask<GatewayResponse?> Start(PluginPhase phase, PluginStep step, RequestContext context)
    {
        // The kernel's coarse clock, some milliseconds exact: the exact one costs as much as a small plugin, twice per step.
        var started = Environment.TickCount64;
        ValueTask<GatewayResponse?> result;
        try
        {
            result = Invoke(phase, step.Instance, context);
        }
        catch (Exception failure)
        {
            return new ValueTask<GatewayResponse?>(Failed(phase, step, context, failure));
        }

        if (step.Instance.Phases.ModeOf(phase) == PhaseMode.Inline
            && (!result.IsCompleted || Environment.TickCount64 - started > _stallMilliseconds))
        {
            stalls.Count(step.Name, phase);
        }

        return result;
    }

    private static ValueTask<GatewayResponse?> Invoke(PluginPhase phase, PluginInstance instance, RequestContext context)
    {
        switch (phase)
        {
            case PluginPhase.Rewrite:
                return instance.RewriteAsync(context);
            case PluginPhase.Access:
                return instance.AccessAsync(context);
            case PluginPhase.Response:
                return WithoutAnswer(instance.ResponseAsync(context));
            default:
                return WithoutAnswer(instance.LogAsync(context));
        }
    }

    private static ValueTask<GatewayResponse?> WithoutAnswer(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(task);
        }

        task.GetAwaiter().GetResult();
        return default;

        static async ValueTask<GatewayResponse?> AwaitAsync(ValueTask task)
        {
            await task;
            return null;
        }
    }

    // Fails closed before the request goes upstream; what is answered already cannot be taken back.
    private GatewayResponse? Failed(PluginPhase phase, PluginStep step, RequestContext context, Exception failure)
    {
        // The client's fault, found by the plugin that read its body.
        if (phase is PluginPhase.Rewrite or PluginPhase.Access && failure is BadHttpRequestException broken)
        {
            return RequestRefusedException.AnswerTo(broken);
        }

        PipelineLog.PluginFailed(logger, step.Name, phase, context.RequestId, failure);
        return phase is PluginPhase.Rewrite or PluginPhase.Access ? GatewayResponse.PluginFailed : null;
    }
}
