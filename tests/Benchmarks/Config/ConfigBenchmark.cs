using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Hybrid.Benchmarks.Config;

/// <summary>What a control plane's configuration costs by its size: writes, loads, pages, memory. PostgreSQL on the same machine, without durability: what is measured is the control plane.</summary>
internal static class ConfigBenchmark
{
    private const int Synced = 10_000;
    private const int Writers = 8;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="quick">A tenth of the size.</param>
    /// <param name="json">Where the figures are written as well; null for nowhere.</param>
    public static async Task RunAsync(bool quick, string? json)
    {
        var scale = quick ? 10 : 1;
        var (services, routes, consumers, writes) = (10_000 / scale, 100_000 / scale, 100_000 / scale, quick ? 100 : 300);
        var figures = new List<ConfigFigures>();
        await using var topology = await ConfigTopology.StartAsync();
        await topology.LoadAsync(ConfigFile.Of(services: 100, routes: 0, consumers: 0));
        Add("memory, 100 services", topology.Usage.Memory, "MiB");
        await WriteAsync(topology, "100 services", writes, Add);

        Console.WriteLine($"{Synced:N0} entities at once…");
        await LoadAsync($"POST /config, {Synced:N0} new entities", ConfigFile.Of(Synced / 10, Synced * 9 / 10, consumers: 0));
        await LoadAsync($"POST /config, the same {Synced:N0} again", ConfigFile.Of(Synced / 10, Synced * 9 / 10, consumers: 0));
        await LoadAsync($"POST /config, 1 of {Synced:N0} changed", ConfigFile.Of(Synced / 10, Synced * 9 / 10, consumers: 0, changed: 1));
        await LoadAsync($"POST /config, 2,000 consumers with key and password", ConfigFile.Of(Synced / 10, Synced * 9 / 10, consumers: 2_000, credentials: 2_000, changed: 1));

        var size = $"{routes:N0} routes, {services:N0} services, {consumers:N0} consumers";
        Console.WriteLine($"{size} at once…");
        await LoadAsync($"POST /config, {size}", ConfigFile.Of(services, routes, consumers));
        Add("memory, at most meanwhile", topology.Usage.PeakMemory, "MiB");
        await WriteAsync(topology, size, writes, Add);
        await ReadPagesAsync(topology, Add);
        Add("memory in the end", topology.Usage.Memory, "MiB");

        var table = new Table().AddColumns("figure", "value", "unit");
        foreach (var figure in figures)
        {
            table.AddRow(figure.Name, figure.Value.ToString(figure.Value < 10 ? "N2" : "N0", CultureInfo.InvariantCulture), figure.Unit);
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"{Environment.ProcessorCount} cores");
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures, Indented));
        }

        async Task LoadAsync(string name, byte[] file)
        {
            var before = topology.Usage.Cpu;
            Add(name, (await topology.LoadAsync(file)).TotalSeconds, "s");
            Add("of it, CPU of the control plane", topology.Usage.Cpu - before, "s");
        }

        void Add(string name, double value, string unit) => figures.Add(new ConfigFigures(name, value, unit));
    }

    private static async Task WriteAsync(ConfigTopology topology, string size, int writes, Action<string, double, string> add)
    {
        Console.WriteLine($"{writes} writes with {size}…");
        var times = new List<double>();
        for (var write = -20; write < writes; write++)
        {
            var time = await topology.PatchAsync($"/services/service-{(write + 20) % 100}", $"{{\"retries\":{(write & 1) + 3}}}");
            if (write >= 0)
            {
                times.Add(time.TotalMilliseconds);
            }
        }

        add($"a write, median, {size}", Statistics.Median(times), "ms");
        add($"a write, 99th percentile, {size}", Statistics.Quantile(times, 0.99), "ms");
        add($"writes one after another, {size}", 1000 / times.Average(), "per second");
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var write = 0; write < writes / 2; write++)
            {
                await topology.PatchAsync($"/services/service-{(writer * 10) + (write % 10)}", $"{{\"retries\":{(write & 1) + 7}}}");
            }
        }));
        add($"writes by {Writers} clients at once, {size}", Writers * (writes / 2) / clock.Elapsed.TotalSeconds, "per second");
    }

    private static async Task ReadPagesAsync(ConfigTopology topology, Action<string, double, string> add)
    {
        var times = new List<double>();
        for (var path = "/routes?size=1000"; path is not null;)
        {
            var (time, body) = await topology.GetAsync(path);
            times.Add(time.TotalMilliseconds);
            path = (string?)body["next"];
        }

        var tenth = Math.Max(1, times.Count / 10);
        add($"a page of 1,000 routes, median of the first {tenth}", Statistics.Median(times.Take(tenth)), "ms");
        add($"a page of 1,000 routes, median of the last {tenth}", Statistics.Median(times.TakeLast(tenth + 1).SkipLast(1)), "ms");
    }
}
