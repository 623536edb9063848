using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Executable;
using Hybrid.Testing;

namespace EndToEnd.Tests.Replicas;

/// <summary>Two control planes on one PostgreSQL, and two data planes that know both.</summary>
internal sealed class TwoReplicas : IAsyncDisposable
{
    public const int Count = 2;

    private static readonly string[] Sites = ["site-0", "site-1"];

    private readonly PostgreSqlServer _postgres;
    private readonly int[] _ports;
    private readonly RunningProcess[] _replicas = new RunningProcess[Count];

    private TwoReplicas(PostgreSqlServer postgres, string database)
    {
        (_postgres, Database) = (postgres, database);
        _ports = [Gateway.Ports, FreePorts.Base(1, 5, 6, 7)];
    }

    public GatewayInstallation Gateway { get; } = new();

    public string Database { get; }

    public string ConnectionString => $"Host={_postgres.Host};Port={_postgres.Port};Username={PostgreSqlServer.User};Database={Database};Pooling=false";

    public PostgreSqlServer Postgres => _postgres;

    public static async Task<TwoReplicas> StartAsync()
    {
        var (server, missing) = await PostgreSqlServer.TryStartAsync();
        Assert.SkipWhen(server is null, missing ?? "");
        var replicas = new TwoReplicas(server, await server.CreateDatabaseAsync());
        await replicas.Gateway.PrepareAsync(Sites);
        for (var index = 0; index < Count; index++)
        {
            await replicas.StartReplicaAsync(index);
        }

        for (var index = 0; index < Sites.Length; index++)
        {
            var settings = replicas.Gateway.DataPlane(index, Sites[index], 0, 0);
            settings["GATEWAY_CLUSTER_CONTROL_PLANE"] = string.Join(',', replicas._ports.Select(port => $"localhost:{port + 5}"));
            settings["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = string.Join(',', replicas._ports.Select(port => $"localhost:{port + 6}"));
            await replicas.Gateway.StartAsync(settings);
        }

        return replicas;
    }

    public Uri Admin(int index) => new($"http://127.0.0.1:{_ports[index] + 1}");

    public async Task StartReplicaAsync(int index)
    {
        var settings = Gateway.ControlPlane(Sites);
        settings["GATEWAY_DATABASE"] = "postgres";
        settings["GATEWAY_SQLITE_PATH"] = null;
        settings["GATEWAY_PG_HOST"] = _postgres.Host;
        settings["GATEWAY_PG_PORT"] = $"{_postgres.Port}";
        settings["GATEWAY_PG_DATABASE"] = Database;
        settings["GATEWAY_PG_USER"] = PostgreSqlServer.User;
        settings["GATEWAY_PG_SSL"] = "off";
        settings["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{_ports[index] + 1}";
        settings["GATEWAY_CLUSTER_LISTEN"] = $"127.0.0.1:{_ports[index] + 5}";
        settings["GATEWAY_CLUSTER_TELEMETRY_LISTEN"] = $"127.0.0.1:{_ports[index] + 6}";
        settings["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{_ports[index] + 7}";
        settings["GATEWAY_CLUSTER_HEARTBEAT_INTERVAL"] = "1";
        _replicas[index] = await Gateway.StartAsync(settings);
    }

    /// <summary>At once, with whatever it was at.</summary>
    public async Task KillReplicaAsync(int index)
    {
        _replicas[index].Send(Signal.Kill);
        await _replicas[index].ExitCodeAsync();
    }

    /// <summary>Through either replica: both data planes are connected, run the head revision, are in sync by their hash, and have the same one.</summary>
    public async Task AgreeAsync()
    {
        for (var index = 0; index < Count; index++)
        {
            var admin = Admin(index);
            var last = "";
            try
            {
                await Eventually.TrueAsync(
                    async () =>
                    {
                        var status = (await Gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(admin, "/clustering/status")))!;
                        last = status.ToJsonString();
                        var connected = status["data_planes"]!.AsObject().Select(plane => plane.Value!).Where(plane => (bool)plane["connected"]!).ToArray();
                        return connected.Length == Sites.Length
                            && connected.All(plane => (long)plane["revision"]! == (long)status["head_revision"]! && (string?)plane["sync_status"] is "normal")
                            && connected.Select(plane => (string)plane["config_hash"]!).Distinct(StringComparer.Ordinal).Count() is 1;
                    },
                    TimeSpan.FromMinutes(1));
            }
            catch (TimeoutException)
            {
                Assert.Fail($"the data planes do not agree by replica {index}: {last}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
