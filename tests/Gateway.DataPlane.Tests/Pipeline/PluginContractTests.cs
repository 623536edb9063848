using System.Collections.Concurrent;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Telemetry;
using Gateway.Tunnel.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Tests.Pipeline;

/// <summary>What docs/plugins/contract.md promises plugins, and asks of them.</summary>
public sealed class PluginContractTests
{
    private readonly StallMetrics _stalls = new();
    private readonly PhaseRunner _runner;

    public PluginContractTests() => _runner = new PhaseRunner(
        Options.Create(new DataPlaneOptions { StallThreshold = TimeSpan.FromMilliseconds(20) }), _stalls, NullLogger<PhaseRunner>.Instance);

    [Fact]
    public void An_offloaded_phase_never_runs_on_an_IO_thread_and_the_request_hops_once()
    {
        var threads = new ConcurrentQueue<(string Plugin, Thread Thread)>();
        PluginStep[] steps =
        [
            Step("inline-before", 5, PhaseMode.Inline, threads),
            Step("offloaded-1", 4, PhaseMode.Offloaded, threads),
            Step("inline-between", 3, PhaseMode.Inline, threads),
            Step("offloaded-2", 2, PhaseMode.Offloaded, threads),
        ];

        var io = OnIoThread(() => _runner.AccessAsync(Context(steps)));

        Assert.Equal(["inline-before", "offloaded-1", "inline-between", "offloaded-2"], threads.Select(entry => entry.Plugin));
        Assert.All(threads.Where(entry => entry.Plugin.StartsWith("offloaded", StringComparison.Ordinal)), entry =>
        {
            Assert.True(entry.Thread.IsThreadPoolThread);
            Assert.NotSame(io, entry.Thread);
        });
        Assert.Same(io, threads.First().Thread);
        Assert.Same(threads.ElementAt(1).Thread, threads.ElementAt(2).Thread);
        Assert.Same(threads.ElementAt(1).Thread, threads.ElementAt(3).Thread);
    }

    [Fact]
    public void Inline_phases_stay_on_the_IO_thread_and_complete_at_once()
    {
        var threads = new ConcurrentQueue<(string Plugin, Thread Thread)>();
        var completed = false;

        var io = OnIoThread(() =>
        {
            var run = _runner.AccessAsync(Context([Step("a", 2, PhaseMode.Inline, threads), Step("b", 1, PhaseMode.Inline, threads)]));
            completed = run.IsCompletedSuccessfully;
            return run;
        });

        Assert.True(completed);
        Assert.All(threads, entry => Assert.Same(io, entry.Thread));
        Assert.Empty(Stalls());
    }

    [Fact]
    public async Task An_inline_phase_that_takes_too_long_is_counted()
    {
        using var gate = new ManualResetEventSlim();
        var step = new PluginStep("slow", 1, new TestPlugin(new PluginPhases { Access = PhaseMode.Inline })
        {
            OnAccess = _ =>
            {
                gate.Wait(TimeSpan.FromMilliseconds(60));
                return default;
            },
        });

        await _runner.AccessAsync(Context([step]));

        Assert.Equal([("slow", "access", 1L)], Stalls());
    }

    [Fact]
    public async Task An_inline_phase_that_waits_is_counted()
    {
        var later = new TaskCompletionSource();
        var step = new PluginStep("waits", 1, new TestPlugin(new PluginPhases { Response = PhaseMode.Inline }) { OnResponse = _ => new ValueTask(later.Task) });

        var run = _runner.ResponseAsync(Context([step]));
        later.SetResult();
        await run;

        Assert.Equal([("waits", "response", 1L)], Stalls());
    }

    [Fact]
    public async Task An_offloaded_phase_may_take_its_time()
    {
        var step = new PluginStep("offloaded", 1, new TestPlugin(new PluginPhases { Access = PhaseMode.Offloaded })
        {
            OnAccess = static async _ =>
            {
                await Task.Delay(30);
                return null;
            },
        });

        await _runner.AccessAsync(Context([step]));

        Assert.Empty(Stalls());
    }

    [Theory]
    [InlineData(PhaseMode.Inline)]
    [InlineData(PhaseMode.Offloaded)]
    public async Task A_failing_plugin_fails_its_request_closed(PhaseMode mode)
    {
        var later = new ConcurrentQueue<(string Plugin, Thread Thread)>();
        var failing = new PluginStep("failing", 2, new TestPlugin(new PluginPhases { Access = mode }) { OnAccess = static _ => throw new InvalidOperationException("broken") });

        var answer = await _runner.AccessAsync(Context([failing, Step("later", 1, PhaseMode.Inline, later)]));

        Assert.Equal(StatusCodes.Status500InternalServerError, answer?.Status);
        Assert.Empty(later);
    }

    [Fact]
    public async Task A_plugin_that_fails_on_the_response_does_not_keep_it_from_the_client()
    {
        var later = new List<string>();
        var failing = new PluginStep("failing", 2, new TestPlugin(new PluginPhases { Response = PhaseMode.Inline }) { OnResponse = static _ => throw new InvalidOperationException("broken") });
        var next = new PluginStep("next", 1, new TestPlugin(new PluginPhases { Response = PhaseMode.Inline })
        {
            OnResponse = _ =>
            {
                later.Add("next");
                return ValueTask.CompletedTask;
            },
        });

        Assert.Null(await _runner.ResponseAsync(Context([failing, next])));
        Assert.Equal(["next"], later);
    }

    [Fact]
    public async Task The_first_answer_ends_the_phase()
    {
        var later = new ConcurrentQueue<(string Plugin, Thread Thread)>();
        var teapot = new GatewayResponse(418);
        var answering = new PluginStep("answers", 2, new TestPlugin(new PluginPhases { Access = PhaseMode.Inline }) { OnAccess = _ => new(teapot) });

        Assert.Same(teapot, await _runner.AccessAsync(Context([answering, Step("later", 1, PhaseMode.Inline, later)])));
        Assert.Empty(later);
    }

    private List<(string Plugin, string Phase, long Count)> Stalls()
    {
        var points = new List<MetricPoint>();
        _stalls.Collect(points);
        return [.. points.Select(point => (point.Attributes.Single(a => a.Key == "plugin").Value, point.Attributes.Single(a => a.Key == "phase").Value, point.Count))];
    }

    private static PluginStep Step(string name, int priority, PhaseMode mode, ConcurrentQueue<(string Plugin, Thread Thread)> threads) =>
        new(name, priority, new TestPlugin(new PluginPhases { Access = mode })
        {
            OnAccess = _ =>
            {
                threads.Enqueue((name, Thread.CurrentThread));
                return default;
            },
        });

    // A thread that is none of the pool's, as those are on which the sockets' completions run inline.
    private static Thread OnIoThread(Func<ValueTask<GatewayResponse?>> run)
    {
        Task<GatewayResponse?>? result = null;
        var thread = new Thread(() => result = run().AsTask());
        thread.Start();
        thread.Join();
        result!.GetAwaiter().GetResult();
        return thread;
    }

    private static RequestContext Context(IReadOnlyCollection<PluginStep> steps)
    {
        var context = new RequestContext(responses: null!);
        context.Begin(new DefaultHttpContext(), new ProxyConnection(peer: null, localPort: 0, isTrusted: false), RuntimeConfiguration.Empty, "id");
        context.Chain = new PluginChain(steps);
        return context;
    }
}
