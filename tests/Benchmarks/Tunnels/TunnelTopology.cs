using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Tunnels;

/// <summary>One control plane on SQLite, real data planes and a process of simulated ones, all on this machine and over real TLS.</summary>
internal sealed class TunnelTopology : IAsyncDisposable
{
    public const int Sites = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();
    private readonly List<RunningProcess> _processes = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly int _ports = FreePorts.Base([1, 5, 6, 7, 81, .. Enumerable.Range(0, Sites).SelectMany(index => (int[])[100 + index, 150 + index])]);

    public RunningProcess ControlPlane { get; private set; } = null!;

    public RunningProcess Simulator { get; private set; } = null!;

    public IReadOnlyList<RunningProcess> DataPlanes { get; private set; } = [];

    private static string Gateway => Repository.PathOf("gateway", "Gateway", "bin", "Release", "net10.0", "gateway.dll");

    private static IEnumerable<string> SiteNames => Enumerable.Range(1, Sites).Select(index => $"site-{index:00}");

    private Uri Admin => new($"http://127.0.0.1:{_ports + 1}");

    public async Task PrepareAsync()
    {
        await CallAsync(["certs", "init", _folder.PathOf("certs"), .. SiteNames.SelectMany(site => (string[])["--site", site])]);
        await CallAsync(["keys", "init", _folder.PathOf("ring.json"), .. SiteNames.Select(site => _folder.PathOf($"{site}.json"))]);
    }

    public async Task StartControlPlaneAsync()
    {
        ControlPlane = Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["GATEWAY_ROLE"] = "control_plane",
            ["GATEWAY_DATABASE"] = "sqlite",
            ["GATEWAY_SQLITE_PATH"] = _folder.PathOf("control-plane.db"),
            ["GATEWAY_KEYRING_FILE"] = _folder.PathOf("ring.json"),
            ["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{_ports + 1}",
            ["GATEWAY_CLUSTER_LISTEN"] = $"127.0.0.1:{_ports + 5}",
            ["GATEWAY_CLUSTER_TELEMETRY_LISTEN"] = $"127.0.0.1:{_ports + 6}",
            ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{_ports + 7}",
            ["GATEWAY_CLUSTER_CERT"] = _folder.PathOf("certs/control-plane.crt"),
            ["GATEWAY_CLUSTER_CERT_KEY"] = _folder.PathOf("certs/control-plane.key"),
            ["GATEWAY_CLUSTER_CA_CERT"] = _folder.PathOf("certs/ca.crt"),
            ["GATEWAY_CLUSTER_SITES"] = string.Join(',', SiteNames),
        });
        await ReadyAsync(ControlPlane, _ports + 7);
    }

    public async Task KillControlPlaneAsync()
    {
        ControlPlane.Send(Signal.Kill);
        await ControlPlane.ExitCodeAsync();
    }

    /// <summary>Services with a hundred routes each, in one revision.</summary>
    public async Task LoadRoutesAsync(int count)
    {
        var yaml = new StringBuilder("_format_version: \"3.0\"\nservices:\n");
        for (var service = 0; service < count / 100; service++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- {{ name: service-{service}, url: \"http://127.0.0.1:{_ports + 81}\", routes: [");
            yaml.AppendJoin(", ", Enumerable.Range(0, 100).Select(route => $"{{ name: route-{service}-{route}, paths: [/service-{service}/route-{route}] }}"));
            yaml.Append("] }\n");
        }

        using var content = new StringContent(yaml.ToString(), Encoding.UTF8, "text/yaml");
        using var response = await _http.PostAsync(new Uri(Admin, "/config"), content);
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchmarkException($"the routes were not taken: {await response.Content.ReadAsStringAsync()}");
        }
    }

    public void StartSimulator(int instances) => Simulator = Keep(RunningProcess.Start(
        "dotnet", [typeof(TunnelTopology).Assembly.Location, Simulation.Simulator.Verb, $"{_ports + 5}", _folder.PathOf("certs"), $"{instances}", .. SiteNames]));

    public async Task StartDataPlanesAsync()
    {
        DataPlanes = [.. SiteNames.Select((site, index) => Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["GATEWAY_ROLE"] = "data_plane",
            ["GATEWAY_DATABASE"] = "off",
            ["GATEWAY_PROXY_LISTEN"] = $"127.0.0.1:{_ports + 100 + index}",
            ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{_ports + 150 + index}",
            ["GATEWAY_CLUSTER_CONTROL_PLANE"] = $"localhost:{_ports + 5}",
            ["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = $"localhost:{_ports + 6}",
            ["GATEWAY_CLUSTER_CERT"] = _folder.PathOf($"certs/{site}.crt"),
            ["GATEWAY_CLUSTER_CERT_KEY"] = _folder.PathOf($"certs/{site}.key"),
            ["GATEWAY_CLUSTER_CA_CERT"] = _folder.PathOf("certs/ca.crt"),
            ["GATEWAY_CLUSTER_CACHE_DIR"] = _folder.PathOf($"cache-{site}"),
            ["GATEWAY_CLUSTER_CACHE_KEY_FILE"] = _folder.PathOf($"{site}.json"),
        }))];
        foreach (var (index, process) in DataPlanes.Index())
        {
            await ReadyAsync(process, _ports + 150 + index);
        }
    }

    public async Task<long> HeadAsync()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(new Uri(Admin, "/config/revisions?size=1")));
        return json.RootElement.GetProperty("data")[0].GetProperty("revision").GetInt64();
    }

    public async Task AddRouteAsync(string name)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(Admin, "/services/service-0/routes"), new { name, paths = new[] { $"/{name}" } });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Until every real data plane routes the path: what a client calls is then forwarded, to an upstream that is not there (502), where it was not found before (404).</summary>
    public Task RoutedEverywhereAsync(string name) => Task.WhenAll(DataPlanes.Index().Select(plane => Eventually.TrueAsync(async () =>
    {
        using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{_ports + 100 + plane.Index}/{name}"));
        return (int)response.StatusCode is not 404;
    })));

    /// <summary>The fields of the first line of the simulator that begins with these words and comes after <paramref name="after"/> such lines.</summary>
    public Task<string[]> SimulatorSaysAsync(string words, int after = 0) => Eventually.NotNullAsync(
        () =>
        {
            if (Simulator.HasExited)
            {
                throw new BenchmarkException($"the simulator ended: {string.Join(' ', Simulator.Lines.TakeLast(3))}");
            }

            return Task.FromResult(Simulator.Lines.Where(line => line.StartsWith(words, StringComparison.Ordinal)).Skip(after).FirstOrDefault()?.Split(' '));
        },
        Patience);

    public int SimulatorSaid(string words) => Simulator.Lines.Count(line => line.StartsWith(words, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private static async Task CallAsync(IReadOnlyList<string> arguments)
    {
        var run = await RunningProcess.RunAsync("dotnet", [Gateway, .. arguments]);
        if (run.ExitCode is not 0)
        {
            throw new BenchmarkException(run.Error.Trim());
        }
    }

    private RunningProcess Start(Dictionary<string, string?> settings) => Keep(RunningProcess.Start("dotnet", [Gateway, "run"], settings));

    private RunningProcess Keep(RunningProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private Task ReadyAsync(RunningProcess process, int port) => Eventually.TrueAsync(
        async () =>
        {
            if (process.HasExited)
            {
                throw new BenchmarkException($"a gateway ended: {string.Join(' ', process.Lines.TakeLast(3))}");
            }

            using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{port}/status/ready"));
            return response.IsSuccessStatusCode;
        },
        Patience);
}
