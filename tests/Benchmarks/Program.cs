using System.CommandLine;
using Hybrid.Benchmarks;
using Hybrid.Benchmarks.Config;
using Hybrid.Benchmarks.Plugins;
using Hybrid.Benchmarks.Proxy;
using Hybrid.Benchmarks.Start;
using Hybrid.Benchmarks.Tunnels;
using Hybrid.Benchmarks.Tunnels.Simulation;

if (args is [Simulator.Verb, .. var simulated])
{
    return await Simulator.RunAsync(simulated);
}

if (args is [StockYarp.Verb, .. var yarp])
{
    return await StockYarp.RunAsync(yarp);
}

var quick = new Option<bool>("--quick") { Description = "Fewer and shorter samples" };
var json = new Option<string?>("--json") { Description = "Write the figures to this file as well", HelpName = "FILE" };
var only = new Option<string?>("--only") { Description = "Some of plain, policies, 64k, 10m, tls, http2, rate, 10k-routes, 100k-routes, changes; separated by commas", HelpName = "SCENARIOS" };
var proxy = new Command("proxy", "Throughput and latency of a data plane beside nginx, HAProxy, Caddy and stock YARP") { quick, only, json };
proxy.SetAction((arguments, _) => ProxyBenchmark.RunAsync(arguments.GetValue(quick), arguments.GetValue(only), arguments.GetValue(json)));

var instances = new Option<int>("--instances") { Description = "Simulated instances", DefaultValueFactory = arguments => 1000 };
var changes = new Option<int>("--changes") { Description = "Changes that are measured", DefaultValueFactory = arguments => 100 };
foreach (var option in (Option<int>[])[instances, changes])
{
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
        {
            result.AddError($"{option.Name}: out of range (allowed: 1 to 10000)");
        }
    });
}

var tunnels = new Command("tunnels", "How fast a change reaches a thousand data planes, and at what cost") { quick, instances, changes, json };
tunnels.SetAction((arguments, _) => arguments.GetValue(quick)
    ? TunnelBenchmark.RunAsync(Math.Min(200, arguments.GetValue(instances)), Math.Min(20, arguments.GetValue(changes)), arguments.GetValue(json))
    : TunnelBenchmark.RunAsync(arguments.GetValue(instances), arguments.GetValue(changes), arguments.GetValue(json)));

var program = new Option<string?>("--program") { Description = "Measure this gateway.dll, as one that was published, not what is built here", HelpName = "FILE" };
var start = new Command("start", "How long a data plane takes from its start to ready, from its cache, with no control plane anywhere") { quick, program, json };
start.SetAction((arguments, _) => StartBenchmark.RunAsync(arguments.GetValue(quick) ? 9 : 31, arguments.GetValue(program), arguments.GetValue(json)));

var config = new Command("config", "What 100,000 routes and as many consumers cost the control plane: writes, loads, pages, memory") { quick, json };
config.SetAction((arguments, _) => ConfigBenchmark.RunAsync(arguments.GetValue(quick), arguments.GetValue(json)));

var plugins = new Command("plugins", "What each plugin, and three chains of them, cost beside none") { quick, json };
plugins.SetAction((arguments, _) => PluginBenchmark.RunAsync(arguments.GetValue(quick), arguments.GetValue(json)));

var root = new RootCommand("Benchmarks, side by side with the peers, in one run.") { proxy, plugins, tunnels, start, config };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchmarkException problem)
{
    await Console.Error.WriteLineAsync($"hybrid: {problem.Message}");
    return 1;
}
