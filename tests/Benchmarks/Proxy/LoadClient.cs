using System.Globalization;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Proxy;

/// <summary>The clients: wrk as fast as it goes, h2load for HTTP/2 and for a fixed rate.</summary>
internal sealed class LoadClient(TemporaryFolder folder)
{
    private const string ResultLine = "RESULT ";

    private const string Percentiles = """
        done = function(summary, latency, requests)
          local e = summary.errors
          io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
            e.connect + e.read + e.write + e.status + e.timeout))
        end
        """;

    private readonly string _script = Write(folder.PathOf("percentiles.lua"), Percentiles);

    public Task<Sample> RunAsync(Peer peer, int connections, double seconds) => MeasureAsync(peer, async () =>
    {
        var (program, arguments) = Cores.ForOthers(
            "wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", _script, .. peer.Headers.SelectMany(header => (string[])["-H", header]), peer.Url.AbsoluteUri]);
        var run = await RunningProcess.RunAsync(program, arguments);
        var line = Array.Find(run.Output.Split('\n'), line => line.StartsWith(ResultLine, StringComparison.Ordinal));
        var numbers = line?[ResultLine.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return run.ExitCode == 0 && numbers is [var requests, var microseconds, var p50, var p99, var p999, 0]
            ? ((long)requests, requests / (microseconds / 1e6), p50 / 1000, p99 / 1000, p999 / 1000)
            : throw new BenchmarkException($"wrk against {peer.Name} failed: {run.Output.ReplaceLineEndings(" ")} {run.Error.Trim()}");
    });

    /// <param name="rate">Requests per second offered over all connections; null for as fast as it goes.</param>
    public Task<Sample> RunH2LoadAsync(Peer peer, int connections, int streams, int seconds, double? rate, bool http1) => MeasureAsync(peer, async () =>
    {
        var log = folder.PathOf($"h2load-{Guid.NewGuid():N}");
        var (program, arguments) = Cores.ForOthers(
            "h2load",
            [
                "-t1", $"-c{connections}", $"-m{streams}", $"-D{seconds}", $"--log-file={log}",
                .. http1 ? ["--h1"] : Array.Empty<string>(),
                .. rate is { } offered ? [string.Create(CultureInfo.InvariantCulture, $"--rps={offered / connections:0.##}")] : Array.Empty<string>(),
                .. peer.Headers.SelectMany(header => (string[])["-H", header]),
                peer.Url.AbsoluteUri,
            ]);
        var run = await RunningProcess.RunAsync(program, arguments);
        if (run.ExitCode != 0)
        {
            throw new BenchmarkException($"h2load against {peer.Name} failed: {run.Output.ReplaceLineEndings(" ")} {run.Error.Trim()}");
        }

        // Begin in microseconds since the epoch, status, microseconds until the response was complete.
        var lines = File.ReadLines(log).Select(line => line.Split('\t')).ToList();
        File.Delete(log);
        if (lines.Count == 0 || lines.Count(line => line[1] != "200") is var failed and > 0 && failed > lines.Count / 1000)
        {
            throw new BenchmarkException($"h2load against {peer.Name}: too many requests failed: {run.Output.ReplaceLineEndings(" ")}");
        }

        var times = lines.ConvertAll(line => double.Parse(line[2], CultureInfo.InvariantCulture) / 1000);
        return (lines.Count, lines.Count / (double)seconds, Statistics.Quantile(times, 0.5), Statistics.Quantile(times, 0.99), Statistics.Quantile(times, 0.999));
    });

    private static async Task<Sample> MeasureAsync(Peer peer, Func<Task<(long Requests, double Rate, double P50, double P99, double P999)>> load)
    {
        var before = ProcessUsage.Of(peer.Process());
        var (requests, rate, p50, p99, p999) = await load();
        var after = ProcessUsage.Of(peer.Process());
        return new Sample(rate, p50, p99, p999, (after.Cpu - before.Cpu) * 1e6 / requests, after.Memory);
    }

    private static string Write(string file, string text)
    {
        File.WriteAllText(file, text);
        return file;
    }
}
