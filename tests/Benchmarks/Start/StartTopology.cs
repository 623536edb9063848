using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Start;

/// <summary>A data plane with a filled cache, whose control plane is gone.</summary>
/// <param name="program">The gateway's assembly; null for what is built in this repository.</param>
internal sealed partial class StartTopology(string? program) : IAsyncDisposable
{
    private const string Site = "on-prem";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly int _ports = FreePorts.Base(1, 5, 6, 7, 10, 11);
    private readonly TimeProvider _time = TimeProvider.System;

    private readonly string _program = program ?? Repository.PathOf("gateway", "Gateway", "bin", "Release", "net10.0", "gateway.dll");

    private Uri Ready => new($"http://127.0.0.1:{_ports + 11}/status/ready");

    /// <summary>Fills the cache, as a data plane does that has a control plane.</summary>
    public async Task PrepareAsync(int routes)
    {
        await CallAsync("certs", "init", _folder.PathOf("certs"), "--site", Site);
        await CallAsync("keys", "init", _folder.PathOf("ring.json"), _folder.PathOf("cache-key.json"));
        await using var controlPlane = RunningProcess.Start("dotnet", [_program, "run"], ControlPlane());
        await ReadyAsync(controlPlane, new Uri($"http://127.0.0.1:{_ports + 7}/status/ready"));
        using var content = new StringContent(Routes(routes), Encoding.UTF8, "text/yaml");
        using var response = await _http.PostAsync(new Uri($"http://127.0.0.1:{_ports + 1}/config"), content);
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchmarkException($"the routes were not taken: {await response.Content.ReadAsStringAsync()}");
        }

        await using var dataPlane = RunningProcess.Start("dotnet", [_program, "run"], DataPlane());
        await ReadyAsync(dataPlane, Ready);
        await RoutedAsync(routes);
        dataPlane.Send(Signal.Terminate);
        await dataPlane.ExitCodeAsync();
    }

    /// <summary>Starts the data plane, waits until it is ready and routes, and stops it.</summary>
    public async Task<MeasuredStart> StartAsync()
    {
        var began = _time.GetUtcNow();
        await using var process = RunningProcess.Start("dotnet", [_program, "run"], DataPlane());
        await ReadyAsync(process, Ready);
        var ready = _time.GetUtcNow();
        var cpu = ProcessUsage.Of(process.Id).Cpu * 1000;
        var line = await process.LineAsync(line => line.Contains("applied from the cache", StringComparison.Ordinal));
        await RoutedAsync(1);
        process.Send(Signal.Terminate);
        await process.ExitCodeAsync();

        var phases = Phases().Match(line);
        if (!phases.Success)
        {
            throw new BenchmarkException($"the start says nothing of its phases: {line}");
        }

        var restored = DateTimeOffset.Parse(phases.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var (read, apply) = (Number("read"), Number("apply"));
        return new MeasuredStart((restored - began).TotalMilliseconds - read - apply, read, apply, (ready - began).TotalMilliseconds, cpu);

        double Number(string name) => double.Parse(phases.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"^(?<time>\S+) .*read in (?<read>\d+) ms, applied in (?<apply>\d+) ms", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phases();

    private async Task CallAsync(params IReadOnlyList<string> arguments)
    {
        var run = await RunningProcess.RunAsync("dotnet", [_program, .. arguments]);
        if (run.ExitCode is not 0)
        {
            throw new BenchmarkException(run.Error.Trim());
        }
    }

    /// <summary>As an API has them: services with a hundred routes, each with methods and two paths.</summary>
    private static string Routes(int count)
    {
        var yaml = new StringBuilder("_format_version: \"3.0\"\nservices:\n");
        for (var service = 0; service < count / 100; service++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- {{ name: service-{service}, url: \"http://127.0.0.1:1\", routes: [");
            yaml.AppendJoin(", ", Enumerable.Range(0, 100).Select(route =>
                $"{{ name: route-{service}-{route}, methods: [GET, POST], paths: [/service-{service}/route-{route}, /v2/service-{service}/route-{route}] }}"));
            yaml.Append("] }\n");
        }

        return yaml.ToString();
    }

    /// <summary>The last of so many routes is found: what is called is then forwarded, to an upstream that is not there.</summary>
    private Task RoutedAsync(int routes) => Eventually.TrueAsync(async () =>
    {
        var last = routes - 1;
        using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{_ports + 10}/service-{last / 100}/route-{last % 100}"));
        return response.StatusCode is HttpStatusCode.BadGateway;
    });

    private async Task ReadyAsync(RunningProcess process, Uri address)
    {
        while (true)
        {
            if (process.HasExited)
            {
                throw new BenchmarkException($"a gateway ended: {string.Join(' ', process.Lines.TakeLast(3))}");
            }

            try
            {
                using var response = await _http.GetAsync(address);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Poll, _time);
        }
    }

    private Dictionary<string, string?> ControlPlane() => new(StringComparer.Ordinal)
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
        ["GATEWAY_CLUSTER_SITES"] = Site,
    };

    private Dictionary<string, string?> DataPlane() => new(StringComparer.Ordinal)
    {
        ["GATEWAY_ROLE"] = "data_plane",
        ["GATEWAY_DATABASE"] = "off",
        ["GATEWAY_PROXY_LISTEN"] = $"127.0.0.1:{_ports + 10}",
        ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{_ports + 11}",
        ["GATEWAY_CLUSTER_CONTROL_PLANE"] = $"localhost:{_ports + 5}",
        ["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = $"localhost:{_ports + 6}",
        ["GATEWAY_CLUSTER_CERT"] = _folder.PathOf($"certs/{Site}.crt"),
        ["GATEWAY_CLUSTER_CERT_KEY"] = _folder.PathOf($"certs/{Site}.key"),
        ["GATEWAY_CLUSTER_CA_CERT"] = _folder.PathOf("certs/ca.crt"),
        ["GATEWAY_CLUSTER_CACHE_DIR"] = _folder.PathOf("cache"),
        ["GATEWAY_CLUSTER_CACHE_KEY_FILE"] = _folder.PathOf("cache-key.json"),
        ["GATEWAY_SHUTDOWN_DELAY"] = "0",
    };
}
