using System.Net;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>Certificates, keys and settings for a control plane and data planes that a test starts itself, with the network between them in its hands.</summary>
internal sealed class GatewayInstallation : IAsyncDisposable
{
    private const int LastLines = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly List<RunningProcess> _processes = [];

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Of the admin (+1), enrolment (+4), cluster (+5), telemetry (+6) and status (+7) ports, and of data planes' proxies (+10 per index) and status (+100 more).</summary>
    public int Ports { get; } = FreePorts.Base(1, 4, 5, 6, 7, 10, 20, 110, 120, 150);

    public Uri Admin => new($"http://127.0.0.1:{Ports + 1}");

    public static string Program => Repository.PathOf("gateway", "Gateway", "bin", "Release", "net10.0", "gateway.dll");

    public string PathOf(string name) => _folder.PathOf(name);

    public Uri Proxy(int index) => new($"http://127.0.0.1:{Ports + 10 + (10 * index)}");

    public static Task<FinishedProcess> RunAsync(IReadOnlyDictionary<string, string?>? environment, params IReadOnlyList<string> arguments) =>
        RunningProcess.RunAsync("dotnet", [Program, .. arguments], environment);

    public async Task PrepareAsync(params IReadOnlyList<string> sites)
    {
        var certs = await RunAsync(null, ["certs", "init", PathOf("certs"), .. sites.SelectMany(site => (string[])["--site", site])]);
        Assert.True(certs.ExitCode == 0, certs.Error);
        var keys = await RunAsync(null, ["keys", "init", PathOf("ring.json"), .. sites.Select(site => PathOf($"{site}-cache-key.json"))]);
        Assert.True(keys.ExitCode == 0, keys.Error);
    }

    public Dictionary<string, string?> ControlPlane(params IReadOnlyList<string> sites) => new()
    {
        ["GATEWAY_ROLE"] = "control_plane",
        ["GATEWAY_DATABASE"] = "sqlite",
        ["GATEWAY_SQLITE_PATH"] = PathOf("control-plane.db"),
        ["GATEWAY_KEYRING_FILE"] = PathOf("ring.json"),
        ["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{Ports + 1}",
        ["GATEWAY_CLUSTER_LISTEN"] = $"127.0.0.1:{Ports + 5}",
        ["GATEWAY_CLUSTER_TELEMETRY_LISTEN"] = $"127.0.0.1:{Ports + 6}",
        ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{Ports + 7}",
        ["GATEWAY_CLUSTER_CERT"] = PathOf("certs/control-plane.crt"),
        ["GATEWAY_CLUSTER_CERT_KEY"] = PathOf("certs/control-plane.key"),
        ["GATEWAY_CLUSTER_CA_CERT"] = PathOf("certs/ca.crt"),
        ["GATEWAY_CLUSTER_SITES"] = string.Join(',', sites),
    };

    /// <summary>One that signs certificates and takes enrolments.</summary>
    public Dictionary<string, string?> EnrollingControlPlane(params IReadOnlyList<string> sites) => new(ControlPlane(sites))
    {
        ["GATEWAY_CLUSTER_CA_KEY"] = PathOf("certs/ca.key"),
        ["GATEWAY_CLUSTER_ENROLL_LISTEN"] = $"127.0.0.1:{Ports + 4}",
        ["GATEWAY_CLUSTER_ENROLL_ENDPOINT"] = $"localhost:{Ports + 4}",
    };

    public Dictionary<string, string?> DataPlane(int index, string site, int clusterPort, int telemetryPort) => new()
    {
        ["GATEWAY_ROLE"] = "data_plane",
        ["GATEWAY_DATABASE"] = "off",
        ["GATEWAY_PROXY_LISTEN"] = $"127.0.0.1:{Ports + 10 + (10 * index)}",
        ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{Ports + 110 + (10 * index)}",
        ["GATEWAY_CLUSTER_CONTROL_PLANE"] = $"localhost:{clusterPort}",
        ["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = $"localhost:{telemetryPort}",
        ["GATEWAY_CLUSTER_CERT"] = PathOf($"certs/{site}.crt"),
        ["GATEWAY_CLUSTER_CERT_KEY"] = PathOf($"certs/{site}.key"),
        ["GATEWAY_CLUSTER_CA_CERT"] = PathOf("certs/ca.crt"),
        ["GATEWAY_CLUSTER_CACHE_DIR"] = PathOf($"cache-{index}"),
        ["GATEWAY_CLUSTER_CACHE_KEY_FILE"] = PathOf($"{site}-cache-key.json"),
        ["GATEWAY_CLUSTER_RECONNECT_MAX"] = "1",
        ["GATEWAY_TELEMETRY_INTERVAL"] = "1",
        ["GATEWAY_SHUTDOWN_DELAY"] = "0",
    };

    /// <summary>Starts one and waits until it is ready.</summary>
    public async Task<RunningProcess> StartAsync(Dictionary<string, string?> settings)
    {
        var process = RunningProcess.Start("dotnet", [Program, "run"], settings);
        _processes.Add(process);
        var status = new Uri($"http://{settings["GATEWAY_STATUS_LISTEN"]}/status/ready");
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(process.HasExited, string.Join('\n', process.Lines));
            using var response = await Http.GetAsync(status);
            return response.IsSuccessStatusCode;
        });
        return process;
    }

    public async Task StopAsync(RunningProcess process)
    {
        process.Send(Signal.Terminate);
        Assert.Equal(0, await process.ExitCodeAsync());
        _processes.Remove(process);
        await process.DisposeAsync();
    }

    public async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri(Admin, path), content);
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (process.HasExited)
            {
                // Whether the test has killed it or it died: where the test fails, this tells which.
                TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', [$"process {process.Id} had ended:", .. process.Lines.TakeLast(LastLines)]));
            }

            await process.DisposeAsync();
        }

        Http.Dispose();
        _folder.Dispose();
    }
}
