using System.Net.Http.Json;
using Hybrid.Testing;
using Spectre.Console;

namespace Hybrid.Benchmarks;

/// <summary>Requests per second and tail latency of a small JSON answer: nginx, and a data plane, before the same upstream.</summary>
internal static class ProxyBenchmark
{
    private const int Connections = 32;

    public static async Task RunAsync(bool quick)
    {
        foreach (var tool in (string[])["nginx", "wrk"])
        {
            if (!IsOnPath(tool))
            {
                throw new BenchmarkException($"{tool} was not found on PATH: install it (Debian: nginx-light, wrk)");
            }
        }

        var (rounds, seconds) = quick ? (3, 2) : (9, 5);
        using var folder = new TemporaryFolder();
        var from = FreePorts.Base(0, 1, 5, 6, 7, 10, 81, 82, 100, 110, 150, 151);
        await using var nginx = new Nginx(folder, from + 150, from + 151);
        await nginx.StartAsync();
        var state = folder.PathOf("state");
        await HybridAsync("up", "local", "--detach", "--ports-from", $"{from}", "--state", state);
        try
        {
            var gateway = await RouteAsync(from);
            var measured = new Dictionary<string, List<WrkResult>>(StringComparer.Ordinal) { ["nginx"] = [], ["gateway"] = [] };
            await WrkAsync(gateway, 3);
            await WrkAsync(nginx.Proxy, 1);
            for (var round = 0; round < rounds; round++)
            {
                measured["nginx"].Add(await WrkAsync(nginx.Proxy, seconds));
                measured["gateway"].Add(await WrkAsync(gateway, seconds));
            }

            Print(measured, rounds, seconds);
        }
        finally
        {
            await HybridAsync("down", "local", "--state", state);
        }
    }

    private static async Task<Uri> RouteAsync(int from)
    {
        using var http = new HttpClient();
        var admin = new Uri($"http://localhost:{from + 1}");
        using var service = await http.PostAsJsonAsync(new Uri(admin, "/services"), new { name = "bench", url = $"http://127.0.0.1:{from + 150}" });
        service.EnsureSuccessStatusCode();
        using var route = await http.PostAsJsonAsync(new Uri(admin, "/services/bench/routes"), new { name = "bench", paths = new[] { "/bench" } });
        route.EnsureSuccessStatusCode();

        var proxy = new Uri($"http://127.0.0.1:{from + 10}/bench");
        await Eventually.TrueAsync(async () => (await http.GetAsync(proxy)).IsSuccessStatusCode);
        return proxy;
    }

    private static async Task<WrkResult> WrkAsync(Uri url, int seconds)
    {
        var run = await RunningProcess.RunAsync("wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "--latency", url.AbsoluteUri]);
        return run.ExitCode == 0 ? WrkResult.Parse(run.Output) : throw new BenchmarkException($"wrk failed: {run.Error.Trim()}");
    }

    private static async Task HybridAsync(params string[] arguments)
    {
        var run = await RunningProcess.RunAsync(Repository.PathOf("hybrid"), arguments, limit: TimeSpan.FromMinutes(10));
        if (run.ExitCode != 0)
        {
            throw new BenchmarkException(run.Error.Trim());
        }
    }

    private static void Print(Dictionary<string, List<WrkResult>> measured, int rounds, int seconds)
    {
        var table = new Table().AddColumns("", "requests/s (median)", "p99 ms (median)", "requests/s by round");
        foreach (var (name, results) in measured)
        {
            table.AddRow(
                name,
                $"{Statistics.Median(results.Select(result => result.RequestsPerSecond)):N0}",
                $"{Statistics.Median(results.Select(result => result.P99)):0.00}",
                string.Join(' ', results.Select(result => $"{result.RequestsPerSecond:N0}")));
        }

        AnsiConsole.Write(table);
        var ratio = Statistics.Median(measured["gateway"].Select(result => result.RequestsPerSecond)) / Statistics.Median(measured["nginx"].Select(result => result.RequestsPerSecond));
        Console.WriteLine($"gateway : nginx = {ratio:0.00} : 1 ({rounds} alternating rounds of {seconds} s, {Connections} connections, {Environment.ProcessorCount} cores shared by client, proxy and upstream)");
    }

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, tool)));
}
