using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Config;

/// <summary>One control plane on a PostgreSQL of its own, with nothing in it.</summary>
internal sealed class ConfigTopology : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(20) };
    private readonly int _ports = FreePorts.Base(1, 5, 6, 7);
    private readonly string _program = Repository.PathOf("gateway", "Gateway", "bin", "Release", "net10.0", "gateway.dll");
    private readonly PostgreSqlServer _postgres;
    private RunningProcess? _process;

    private ConfigTopology(PostgreSqlServer postgres) => _postgres = postgres;

    public static async Task<ConfigTopology> StartAsync()
    {
        var (postgres, missing) = await PostgreSqlServer.TryStartAsync();
        var topology = new ConfigTopology(postgres ?? throw new BenchmarkException(missing ?? "no PostgreSQL"));
        await topology.RunAsync();
        return topology;
    }

    public ProcessUsage Usage => ProcessUsage.Of(_process!.Id);

    /// <summary>Loads a declarative file, which is the whole configuration; returns how long it took.</summary>
    public async Task<TimeSpan> LoadAsync(byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var clock = Stopwatch.StartNew();
        await SendAsync(HttpMethod.Post, "/config", content);
        return clock.Elapsed;
    }

    public async Task<TimeSpan> PatchAsync(string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        var clock = Stopwatch.StartNew();
        await SendAsync(HttpMethod.Patch, path, content);
        return clock.Elapsed;
    }

    public async Task<(TimeSpan Time, JsonObject Body)> GetAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        var body = await SendAsync(HttpMethod.Get, path, content: null);
        return (clock.Elapsed, JsonNode.Parse(body)!.AsObject());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        await CallAsync("certs", "init", _folder.PathOf("certs"), "--site", "on-prem");
        await CallAsync("keys", "init", _folder.PathOf("ring.json"));
        _process = RunningProcess.Start("dotnet", [_program, "run"], await SettingsAsync());
        await Eventually.TrueAsync(async () =>
        {
            if (_process.HasExited)
            {
                throw new BenchmarkException($"the gateway ended: {string.Join(' ', _process.Lines.TakeLast(3))}");
            }

            using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{_ports + 7}/status/ready"));
            return response.IsSuccessStatusCode;
        });
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{_ports + 1}{path}")) { Content = content };
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? body
            : throw new BenchmarkException($"{method} {path}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)))}");
    }

    private async Task CallAsync(params IReadOnlyList<string> arguments)
    {
        var run = await RunningProcess.RunAsync("dotnet", [_program, .. arguments]);
        if (run.ExitCode is not 0)
        {
            throw new BenchmarkException(run.Error.Trim());
        }
    }

    private async Task<Dictionary<string, string?>> SettingsAsync() => new(StringComparer.Ordinal)
    {
        ["GATEWAY_ROLE"] = "control_plane",
        ["GATEWAY_DATABASE"] = "postgres",
        ["GATEWAY_PG_HOST"] = _postgres.Host,
        ["GATEWAY_PG_PORT"] = $"{_postgres.Port}",
        ["GATEWAY_PG_DATABASE"] = await _postgres.CreateDatabaseAsync(),
        ["GATEWAY_PG_USER"] = PostgreSqlServer.User,
        ["GATEWAY_PG_SSL"] = "off",
        ["GATEWAY_KEYRING_FILE"] = _folder.PathOf("ring.json"),
        ["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{_ports + 1}",
        ["GATEWAY_CLUSTER_LISTEN"] = $"127.0.0.1:{_ports + 5}",
        ["GATEWAY_CLUSTER_TELEMETRY_LISTEN"] = $"127.0.0.1:{_ports + 6}",
        ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{_ports + 7}",
        ["GATEWAY_CLUSTER_CERT"] = _folder.PathOf("certs/control-plane.crt"),
        ["GATEWAY_CLUSTER_CERT_KEY"] = _folder.PathOf("certs/control-plane.key"),
        ["GATEWAY_CLUSTER_CA_CERT"] = _folder.PathOf("certs/ca.crt"),
        ["GATEWAY_CLUSTER_SITES"] = "on-prem",
    };
}
