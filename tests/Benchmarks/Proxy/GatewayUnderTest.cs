using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Proxy;

/// <summary>A control plane on SQLite and data planes with one configuration each way to measure it.</summary>
internal sealed class GatewayUnderTest(TemporaryFolder folder, int ports) : IAsyncDisposable
{
    private const string Site = "bench";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<RunningProcess> _processes = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private int _dataPlanes;

    private static string Gateway => Repository.PathOf("gateway", "Gateway", "bin", "Release", "net10.0", "gateway.dll");

    private Uri Admin => new($"http://127.0.0.1:{ports + 1}");

    public async Task PrepareAsync()
    {
        await CallAsync("certs", "init", folder.PathOf("certs"), "--site", Site);
        await CallAsync("keys", "init", folder.PathOf("ring.json"), folder.PathOf("cache.json"));
        var controlPlane = Start(Cores.ForOthers("dotnet", Gateway, "run"), new(StringComparer.Ordinal)
        {
            ["GATEWAY_ROLE"] = "control_plane",
            ["GATEWAY_DATABASE"] = "sqlite",
            ["GATEWAY_SQLITE_PATH"] = folder.PathOf("control-plane.db"),
            ["GATEWAY_KEYRING_FILE"] = folder.PathOf("ring.json"),
            ["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{ports + 1}",
            ["GATEWAY_CLUSTER_LISTEN"] = $"127.0.0.1:{ports + 5}",
            ["GATEWAY_CLUSTER_TELEMETRY_LISTEN"] = $"127.0.0.1:{ports + 6}",
            ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{ports + 7}",
            ["GATEWAY_CLUSTER_CERT"] = folder.PathOf("certs/control-plane.crt"),
            ["GATEWAY_CLUSTER_CERT_KEY"] = folder.PathOf("certs/control-plane.key"),
            ["GATEWAY_CLUSTER_CA_CERT"] = folder.PathOf("certs/ca.crt"),
            ["GATEWAY_CLUSTER_SITES"] = Site,
        });
        await ReadyAsync(controlPlane, ports + 7);
    }

    /// <summary>Replaces the configuration: services on the upstream at /bench and /policies, and so many other routes.</summary>
    public async Task LoadAsync(int upstream, int otherRoutes)
    {
        var yaml = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            _format_version: "3.0"
            consumers:
            - { username: bench, keyauth_credentials: [{ key: bench-key }] }
            services:
            - name: bench
              url: http://127.0.0.1:{{upstream}}
              routes:
              - { name: bench, paths: [/bench] }
              - name: policies
                paths: [/policies]
                plugins:
                - { name: key-auth }
                - { name: rate-limiting, config: { minute: 1000000000, policy: local } }
                - { name: correlation-id, config: { echo_downstream: true } }

            """));
        for (var service = 0; service < otherRoutes / 100; service++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- {{ name: service-{service}, url: \"http://127.0.0.1:{upstream}\", routes: [");
            yaml.AppendJoin(", ", Enumerable.Range(0, 100).Select(route => $"{{ name: route-{service}-{route}, paths: [/service-{service}/route-{route}] }}"));
            yaml.Append("] }\n");
        }

        await LoadAsync(yaml.ToString());
    }

    /// <summary>Replaces the configuration.</summary>
    public async Task LoadAsync(string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "text/yaml");
        using var response = await _http.PostAsync(new Uri(Admin, "/config"), content);
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchmarkException($"the configuration was not taken: {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Puts a route there, or changes it.</summary>
    public async Task ChangeRouteAsync(int number)
    {
        using var response = await _http.PutAsJsonAsync(new Uri(Admin, "/services/bench/routes/changing"), new { paths = new[] { $"/changing-{number}" } });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A data plane of its own on the proxy's core, when it serves /bench.</summary>
    public async Task<Peer> StartDataPlaneAsync(string name, string client = "direct", bool tls = false)
    {
        var (proxy, status) = (ports + 10 + (2 * _dataPlanes), ports + 11 + (2 * _dataPlanes++));
        var process = Start(Cores.ForProxy("dotnet", Gateway, "run"), new(StringComparer.Ordinal)
        {
            ["GATEWAY_ROLE"] = "data_plane",
            ["GATEWAY_DATABASE"] = "off",
            ["GATEWAY_PROXY_LISTEN"] = $"127.0.0.1:{proxy}{(tls ? " ssl" : "")}",
            ["GATEWAY_SSL_CERT"] = tls ? folder.PathOf("server.crt") : null,
            ["GATEWAY_SSL_CERT_KEY"] = tls ? folder.PathOf("server.key") : null,
            ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{status}",
            ["GATEWAY_CLUSTER_CONTROL_PLANE"] = $"localhost:{ports + 5}",
            ["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = $"localhost:{ports + 6}",
            ["GATEWAY_CLUSTER_CERT"] = folder.PathOf($"certs/{Site}.crt"),
            ["GATEWAY_CLUSTER_CERT_KEY"] = folder.PathOf($"certs/{Site}.key"),
            ["GATEWAY_CLUSTER_CA_CERT"] = folder.PathOf("certs/ca.crt"),
            ["GATEWAY_CLUSTER_CACHE_DIR"] = folder.PathOf($"cache-{_dataPlanes}"),
            ["GATEWAY_CLUSTER_CACHE_KEY_FILE"] = folder.PathOf("cache.json"),
            ["GATEWAY_UPSTREAM_CLIENT"] = client,
            ["GATEWAY_SHUTDOWN_DELAY"] = "0",
            ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        });
        await ReadyAsync(process, status);
        return new Peer(name, () => process.Id, new Uri($"{(tls ? "https" : "http")}://127.0.0.1:{proxy}/bench"));
    }

    /// <summary>Where a data plane tells its metrics: the port beside its proxy's.</summary>
    public static Uri StatusOf(Peer dataPlane) => new($"http://127.0.0.1:{dataPlane.Url.Port + 1}/metrics");

    /// <summary>A certificate for TLS listeners: no client checks its name here.</summary>
    public (string Certificate, string Key) ServerCertificate => (folder.PathOf("certs/control-plane.crt"), folder.PathOf("certs/control-plane.key"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _http.Dispose();
    }

    private static async Task CallAsync(params IReadOnlyList<string> arguments)
    {
        var run = await RunningProcess.RunAsync("dotnet", [Gateway, .. arguments]);
        if (run.ExitCode is not 0)
        {
            throw new BenchmarkException(run.Error.Trim());
        }
    }

    private RunningProcess Start((string Program, IReadOnlyList<string> Arguments) command, Dictionary<string, string?> settings)
    {
        var process = RunningProcess.Start(command.Program, command.Arguments, settings);
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
