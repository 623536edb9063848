using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Executable;
using Hybrid.Testing;

namespace EndToEnd.Tests.Faults;

/// <summary>A control plane and two data planes whose processes, clocks, disks, database and network are in the test's hands.</summary>
internal sealed class FaultyInstallation : IAsyncDisposable
{
    public const int DataPlanes = 2;

    /// <summary>With the beginning of its stack.</summary>
    private const int LinesOfError = 25;

    private readonly RunningProcess?[] _dataPlanes = new RunningProcess?[DataPlanes];
    private readonly ConcurrentQueue<RunningProcess> _started = [];
    private readonly RequestLoad[] _requests;
    private readonly FakedClock[] _clocks;
    private readonly Upstream _upstream;
    private readonly PostgreSqlServer? _postgres;
    private string? _database;
    private RunningProcess? _controlPlane;

    private FaultyInstallation(PostgreSqlServer? postgres, bool fakedClocks)
    {
        _postgres = postgres;
        _upstream = new Upstream(Gateway.Ports + 150);
        Cluster = [.. Sites.Select(_ => new FaultProxy(Gateway.Ports + 5))];
        Telemetry = [.. Sites.Select(_ => new FaultProxy(Gateway.Ports + 6))];
        _requests = [.. Sites.Select((_, index) => new RequestLoad(Gateway.Http, new Uri(Gateway.Proxy(index), "/served")))];
        _clocks = !fakedClocks ? [] : [.. Enumerable.Range(0, DataPlanes + 1).Select(index => new FakedClock(Gateway.PathOf($"clock-{index}")))];
    }

    public static IReadOnlyList<string> Sites { get; } = ["site-0", "site-1"];

    public GatewayInstallation Gateway { get; } = new();

    public IReadOnlyList<FaultProxy> Cluster { get; }

    public IReadOnlyList<FaultProxy> Telemetry { get; }

    public IReadOnlyList<RequestLoad> Requests => _requests;

    /// <summary>Of the data planes, and last of the control plane; empty where all live by the true time.</summary>
    public IReadOnlyList<FakedClock> Clocks => _clocks;

    /// <summary>The disks of the data planes' caches; empty where none can be mounted.</summary>
    public List<SmallDisk> Disks { get; } = [];

    public PostgreSqlServer? Postgres => _postgres;

    public static async Task<FaultyInstallation> StartAsync(bool onPostgres, bool fakedClocks)
    {
        PostgreSqlServer? server = null;
        if (onPostgres)
        {
            (server, var missing) = await PostgreSqlServer.TryStartAsync();
            Assert.SkipWhen(server is null, missing ?? "");
        }

        var installation = new FaultyInstallation(server, fakedClocks);
        await installation.StartAsync();
        return installation;
    }

    public async Task StartControlPlaneAsync()
    {
        var settings = Gateway.ControlPlane([.. Sites]);
        settings["GATEWAY_CLUSTER_HEARTBEAT_INTERVAL"] = "1";
        if (_postgres is not null)
        {
            settings["GATEWAY_DATABASE"] = "postgres";
            settings["GATEWAY_SQLITE_PATH"] = null;
            settings["GATEWAY_PG_HOST"] = _postgres.Host;
            settings["GATEWAY_PG_PORT"] = $"{_postgres.Port}";
            settings["GATEWAY_PG_DATABASE"] = _database ??= await _postgres.CreateDatabaseAsync();
            settings["GATEWAY_PG_USER"] = PostgreSqlServer.User;
            settings["GATEWAY_PG_SSL"] = "off";
        }

        Fake(DataPlanes, settings);
        _controlPlane = await Gateway.StartAsync(settings);
        _started.Enqueue(_controlPlane);
    }

    public async Task StartDataPlaneAsync(int index)
    {
        var settings = Gateway.DataPlane(index, Sites[index], Cluster[index].Port, Telemetry[index].Port);
        Fake(index, settings);
        var process = await Gateway.StartAsync(settings);
        _dataPlanes[index] = process;
        _started.Enqueue(process);
        _requests[index].Turn();
    }

    public async Task KillControlPlaneAsync()
    {
        var process = _controlPlane!;
        process.Send(Signal.Kill);
        await process.ExitCodeAsync();
    }

    public async Task KillDataPlaneAsync(int index)
    {
        _requests[index].Turn();
        var process = _dataPlanes[index]!;
        process.Send(Signal.Kill);
        await process.ExitCodeAsync();
    }

    /// <summary>What the processes called errors, for whoever looks into a failed run.</summary>
    public IEnumerable<string> Troubles()
    {
        foreach (var process in _started)
        {
            yield return $"process {process.Id}:";
            var lines = process.Lines;
            var left = 0;
            foreach (var line in lines)
            {
                left = line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal) ? LinesOfError : left - 1;
                if (left > 0 || line.Contains(" warn: ", StringComparison.Ordinal))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>Ends them as an orchestrator would, so that the last counts are sent.</summary>
    public async Task StopDataPlanesAsync()
    {
        foreach (var process in _dataPlanes)
        {
            await Gateway.StopAsync(process!);
        }
    }

    /// <summary>Both data planes say that they run the head revision with the hash that the control plane wants.</summary>
    public Task AgreeAsync() => Eventually.TrueAsync(
        async () =>
        {
            var status = (await Gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(Gateway.Admin, "/clustering/status")))!;
            var connected = status["data_planes"]!.AsObject().Select(plane => plane.Value!).Where(plane => (bool)plane["connected"]!).ToArray();
            return connected.Length is DataPlanes
                && connected.Select(plane => (string)plane["site"]!).Distinct(StringComparer.Ordinal).Count() is DataPlanes
                && connected.All(plane => (long)plane["revision"]! == (long)status["head_revision"]!)
                && connected.Select(plane => (string)plane["config_hash"]!).Distinct(StringComparer.Ordinal).Count() is 1;
        },
        TimeSpan.FromMinutes(1));

    /// <summary>How many requests for the API the control plane counted, at one site.</summary>
    public async Task<long> CountedAsync(int index)
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(-12).ToUnixTimeSeconds();
        var to = TimeProvider.System.GetUtcNow().AddHours(12).ToUnixTimeSeconds();
        var answer = await Gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(Gateway.Admin, $"/analytics/requests?route=served&site={Sites[index]}&from={from}&to={to}"));
        return (long?)answer!["total"]?["count"] ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        // Before the folder that they are mounted in is removed.
        foreach (var disk in Disks)
        {
            await disk.DisposeAsync();
        }

        await Gateway.DisposeAsync();
        foreach (var proxy in Cluster.Concat(Telemetry))
        {
            await proxy.DisposeAsync();
        }

        await _upstream.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private void Fake(int clock, Dictionary<string, string?> settings)
    {
        if (_clocks.Length > 0)
        {
            _clocks[clock].AddTo(settings);
        }
    }

    private async Task StartAsync()
    {
        await Gateway.PrepareAsync([.. Sites]);
        for (var index = 0; index < DataPlanes; index++)
        {
            if (await SmallDisk.TryMountAsync(Gateway.PathOf($"cache-{index}")) is { } disk)
            {
                Disks.Add(disk);
            }
        }

        await StartControlPlaneAsync();
        await Gateway.PostAsync("/services", $$"""{"name":"served","url":"http://127.0.0.1:{{Gateway.Ports + 150}}"}""");
        await Gateway.PostAsync("/services/served/routes", """{"name":"served","paths":["/served"]}""");
        await Gateway.PostAsync("/services", $$"""{"name":"written","url":"http://127.0.0.1:{{Gateway.Ports + 150}}"}""");
        await Task.WhenAll(Enumerable.Range(0, DataPlanes).Select(StartDataPlaneAsync));
        await AgreeAsync();
    }
}
