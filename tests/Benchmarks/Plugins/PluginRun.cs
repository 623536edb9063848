using System.Globalization;
using Hybrid.Benchmarks.Proxy;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Plugins;

/// <param name="Status">Where the process tells what it has allocated; null for one that does not.</param>
internal sealed record PluginRun(string Name, Peer Peer, Uri? Status)
{
    private const string Counter = "gateway_memory_allocated_bytes_total";

    public List<Sample> Samples { get; } = [];

    /// <summary>Bytes per request.</summary>
    public List<double> Allocated { get; } = [];

    public double Rate => Median(static sample => sample.RequestsPerSecond);

    public double Cpu => Median(static sample => sample.CpuPerRequest);

    public double Bytes => Statistics.Median(Allocated);

    public double Median(Func<Sample, double> of) => Statistics.Median(Samples.Select(of));

    public Task ServesAsync()
    {
        return Eventually.TrueAsync(AnswersAsync, TimeSpan.FromMinutes(1), $"{Name} serves {Peer.Url}");

        async Task<bool> AnswersAsync()
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, Peer.Url);
            foreach (var header in Peer.Headers)
            {
                request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
            }

            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode;
        }
    }

    public async Task MeasureAsync(LoadClient client, HttpClient http, int connections, int seconds)
    {
        var before = await AllocatedAsync(http);
        var sample = await client.RunAsync(Peer, connections, seconds);
        Samples.Add(sample);
        if (before is { } bytes && await AllocatedAsync(http) is { } after)
        {
            Allocated.Add((after - bytes) / (sample.RequestsPerSecond * seconds));
        }
    }

    private async Task<double?> AllocatedAsync(HttpClient http)
    {
        if (Status is null)
        {
            return null;
        }

        var metrics = await http.GetStringAsync(Status);
        var line = metrics.Split('\n').First(static line => line.StartsWith(Counter + " ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
