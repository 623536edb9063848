using System.Globalization;
using System.Text;
using System.Text.Json;
using Hybrid.Benchmarks.Proxy;
using Hybrid.Testing;
using Spectre.Console;

namespace Hybrid.Benchmarks.Plugins;

/// <summary>
/// What each plugin costs beside none, on one data plane with a core of its own, samples interleaved; and a limit that Redis counts beside nginx with Lua doing the same before the same Redis.
/// </summary>
internal static class PluginBenchmark
{
    private const int Connections = 64;
    private const int TableWidth = 150;
    private const string Nginx = "nginx with Lua, counting in Redis";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool quick, string? json)
    {
        Programs.Require("nginx", "wrk", "redis-server");
        var plan = quick ? new Plan(Samples: 3, Seconds: 1, WarmUp: 2) : new Plan(Samples: 11, Seconds: 2, WarmUp: 10);
        using var folder = new TemporaryFolder();
        var ports = FreePorts.Base([.. Enumerable.Range(0, 60)]);
        await using var peers = new PeerProcesses(folder, ports);
        await using var gateway = new GatewayUnderTest(folder, ports);
        peers.StartUpstream();
        var redis = await peers.StartRedisAsync();
        await gateway.PrepareAsync();
        var contestants = Contestants.All(redis, peers.UpstreamPort);
        await gateway.LoadAsync(Yaml(contestants, peers.UpstreamPort));
        var plane = await gateway.StartDataPlaneAsync("gateway");
        var runs = contestants.Select(contestant => new PluginRun(contestant.Name, plane.At(contestant.Path) with { Headers = contestant.Headers }, GatewayUnderTest.StatusOf(plane))).ToList();
        runs.Add(new PluginRun(Nginx, peers.StartNginxRedis(redis), Status: null));

        using var http = new HttpClient();
        var client = new LoadClient(folder);
        foreach (var run in runs)
        {
            await run.ServesAsync();
            await client.RunAsync(run.Peer, Connections, plan.WarmUp);
        }

        for (var sample = 0; sample < plan.Samples; sample++)
        {
            foreach (var run in runs)
            {
                await run.MeasureAsync(client, http, Connections, plan.Seconds);
            }
        }

        Print(runs, plan);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(runs.ConvertAll(run => new { run.Name, run.Samples, run.Allocated }), Indented));
        }
    }

    private static string Yaml(IReadOnlyList<Contestant> contestants, int upstream)
    {
        var yaml = new StringBuilder("_format_version: \"3.0\"\nconsumers:\n").AppendLine(Contestants.Consumers);
        yaml.Append(CultureInfo.InvariantCulture, $"services:\n- name: bench\n  url: http://127.0.0.1:{upstream}\n  routes:\n  - {{ name: bench, paths: [/bench] }}\n");
        foreach (var (number, contestant) in contestants.Index())
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: r{number}\n    paths: [\"{contestant.Path}\"]\n    plugins: [{string.Join(", ", contestant.Plugins)}]\n");
        }

        return yaml.ToString();
    }

    private static void Print(List<PluginRun> runs, Plan plan)
    {
        var none = runs.Single(run => run.Name == Contestants.None);
        var table = new Table().AddColumns("", "requests/s", "beside none", "µs CPU/request", "more than none", "p50 ms", "p99 ms", "bytes allocated/request", "more than none");
        foreach (var run in runs)
        {
            table.AddRow(
                Markup.Escape(run.Name),
                $"{run.Rate:N0}",
                $"{run.Rate / none.Rate:0.00} ×",
                $"{run.Cpu:0.0}",
                $"{run.Cpu - none.Cpu:+0.0;-0.0}",
                $"{run.Median(sample => sample.P50):0.00}",
                $"{run.Median(sample => sample.P99):0.00}",
                run.Allocated.Count == 0 ? "" : $"{run.Bytes:N0}",
                run.Allocated.Count == 0 ? "" : $"{run.Bytes - none.Bytes:+#,0;-#,0;0}");
        }

        // Into a file as well, where there is no width to be found.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, TableWidth);
        AnsiConsole.Write(table);
        var (shared, nginx) = (runs.Single(run => run.Name == Contestants.SharedCounter), runs.Single(run => run.Name == Nginx));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A limit counted in Redis: {shared.Rate / nginx.Rate:0.00} × nginx's throughput, {nginx.Cpu / shared.Cpu:0.00} × per CPU second of the proxy."));
        Console.WriteLine($"Medians of {plan.Samples} interleaved samples of {plan.Seconds} s after {plan.WarmUp} s of load for each. {(Cores.ArePinned ? "The proxy alone on one core; client, upstream and Redis share the others." : "Nothing was pinned to a core.")}");
    }
}
