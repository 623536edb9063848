using System.Text.Json;
using Spectre.Console;

namespace Hybrid.Benchmarks.Proxy;

/// <summary>All samples, and how they are shown: medians, and ratios to the first contestant of a scenario.</summary>
internal sealed class Report(Plan plan)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly List<(string Scenario, string Title, List<(string Peer, List<Sample> Samples)> Peers)> _scenarios = [];

    public void Add(string scenario, string title, string peer, Sample sample)
    {
        var index = _scenarios.FindIndex(known => known.Scenario == scenario);
        if (index < 0)
        {
            index = _scenarios.Count;
            _scenarios.Add((scenario, title, []));
        }

        var peers = _scenarios[index].Peers;
        if (!peers.Exists(known => known.Peer == peer))
        {
            peers.Add((peer, []));
        }

        peers.Find(known => known.Peer == peer).Samples.Add(sample);
    }

    public void Print()
    {
        foreach (var (_, title, peers) in _scenarios)
        {
            var first = peers[0].Samples;
            var table = new Table { Title = new TableTitle(Markup.Escape(title)) }.AddColumns("", "requests/s", "spread", "µs CPU/request", "per CPU second", "p50 ms", "p99 ms", "p99.9 ms", "MiB");
            foreach (var (peer, samples) in peers)
            {
                var rates = samples.ConvertAll(sample => sample.RequestsPerSecond);
                var cpu = Median(samples, sample => sample.CpuPerRequest);
                table.AddRow(
                    Markup.Escape(peer),
                    $"{Statistics.Median(rates):N0}",
                    $"±{(rates.Max() - rates.Min()) / 2 / Statistics.Median(rates):P0}",
                    $"{cpu:0.0}",
                    $"{Median(first, sample => sample.CpuPerRequest) / cpu:0.00} ×",
                    $"{Median(samples, sample => sample.P50):0.00}",
                    $"{Median(samples, sample => sample.P99):0.00}",
                    $"{Median(samples, sample => sample.P999):0.00}",
                    $"{samples[^1].Memory:0}");
            }

            AnsiConsole.Write(table);
        }

        Console.WriteLine($"Medians of {plan.Samples} interleaved samples of {plan.Seconds} s after {plan.WarmUp} s of load. {(Cores.ArePinned ? "The proxy alone on one core; client and upstream share the others." : "Nothing was pinned to a core.")} \"per CPU second\": throughput for the same CPU, beside the first line.");
    }

    public string ToJson() => JsonSerializer.Serialize(
        _scenarios.ConvertAll(scenario => new { scenario.Scenario, scenario.Title, Peers = scenario.Peers.ConvertAll(peer => new { peer.Peer, peer.Samples }) }), Indented);

    private static double Median(List<Sample> samples, Func<Sample, double> of) => Statistics.Median(samples.Select(of));
}
