using System.Text.Json;
using Spectre.Console;

namespace Hybrid.Benchmarks.Start;

/// <summary>From the start of a data plane's process to ready, from its encrypted cache, with the control plane away.</summary>
internal static class StartBenchmark
{
    private const int Routes = 10_000;

    /// <summary>Starts that are not measured: files come into the system's memory.</summary>
    private const int WarmUp = 2;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="program">The gateway's assembly; null for what is built in this repository.</param>
    /// <param name="json">Where the figures are written as well; null for nowhere.</param>
    public static async Task RunAsync(int starts, string? program, string? json)
    {
        await using var topology = new StartTopology(program);
        await topology.PrepareAsync(Routes);
        Console.WriteLine($"{starts} starts with {Routes:N0} routes in the cache, no control plane…");
        var measured = new List<MeasuredStart>();
        for (var start = -WarmUp; start < starts; start++)
        {
            var one = await topology.StartAsync();
            if (start >= 0)
            {
                measured.Add(one);
            }
        }

        var table = new Table().AddColumns("phase, ms", "median", "least", "most");
        Add(table, "process start, until it reads the cache", measured, start => start.ProcessStart);
        Add(table, "cache read: decrypted, decoded, verified", measured, start => start.CacheRead);
        Add(table, "apply: validated, compiled", measured, start => start.Apply);
        Add(table, "until /status/ready says so", measured, start => start.Ready);
        Add(table, "start to ready", measured, start => start.Total);
        Add(table, "CPU of all", measured, start => start.Cpu);
        AnsiConsole.Write(table);
        Console.WriteLine($"{starts} starts, {Environment.ProcessorCount} cores");
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(measured, Indented));
        }
    }

    private static void Add(Table table, string name, List<MeasuredStart> starts, Func<MeasuredStart, double> phase) =>
        table.AddRow(name, $"{Statistics.Median(starts.Select(phase)):N0}", $"{starts.Min(phase):N0}", $"{starts.Max(phase):N0}");
}
