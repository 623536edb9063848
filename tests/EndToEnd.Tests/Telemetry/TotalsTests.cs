using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Executable;
using Hybrid.Testing;

namespace EndToEnd.Tests.Telemetry;

/// <summary>What two control planes counted, on one PostgreSQL, is exactly what two data planes served.</summary>
public sealed class TotalsTests
{
    private static readonly string[] Sites = ["site-0", "site-1"];

    [Fact]
    public async Task Totals_agree_after_kills_cuts_changes_of_replica_and_graceful_restarts()
    {
        var (server, missing) = await PostgreSqlServer.TryStartAsync();
        Assert.SkipWhen(server is null, missing ?? "");
        await using var postgres = server;
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites);
        var database = await postgres.CreateDatabaseAsync();
        int[] ports = [gateway.Ports, FreePorts.Base(1, 5, 6, 7)];
        var settings = ports.Select(from => ControlPlane(gateway, postgres, database, from)).ToArray();
        var controlPlanes = new[] { await gateway.StartAsync(settings[0]), await gateway.StartAsync(settings[1]) };
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"first","paths":["/first"]}""");

        await using var toFirst = new FaultProxy(ports[0] + 6);
        await using var toSecond = new FaultProxy(ports[1] + 6);
        var planes = Sites.Select((site, index) =>
        {
            var plane = gateway.DataPlane(index, site, ports[0] + 5, toFirst.Port);
            plane["GATEWAY_CLUSTER_CONTROL_PLANE"] = $"localhost:{ports[0] + 5},localhost:{ports[1] + 5}";
            plane["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = index == 0 ? $"localhost:{toFirst.Port},localhost:{toSecond.Port}" : $"localhost:{toSecond.Port},localhost:{toFirst.Port}";
            return plane;
        }).ToArray();
        var dataPlanes = await Task.WhenAll(planes.Select(gateway.StartAsync));
        await using var load = new ServedLoad(gateway.Http, [.. Sites.Select((_, index) => new Uri(gateway.Proxy(index), "/first"))]);

        // Both exporters move to the second replica, and back.
        foreach (var killed in (int[])[0, 1])
        {
            await load.ServeMoreAsync(20);
            controlPlanes[killed].Send(Signal.Kill);
            await controlPlanes[killed].ExitCodeAsync();
            await load.ServeMoreAsync(20);
            await CountedMoreAsync(gateway, ports[1 - killed] + 1);
            controlPlanes[killed] = await gateway.StartAsync(settings[killed]);
        }

        // An export whose answer is lost was counted, and is told again, now to the other.
        for (var cut = 0; cut < 6; cut++)
        {
            await load.ServeMoreAsync(10);
            toFirst.Cut();
            toSecond.Cut();
        }

        // A restart of a data plane is a new stream from zero on; one of a control plane ends exports in the middle.
        await load.PauseAsync(0);
        await gateway.StopAsync(dataPlanes[0]);
        dataPlanes[0] = await gateway.StartAsync(planes[0]);
        load.Resume(0);
        await load.ServeMoreAsync(10);
        await gateway.StopAsync(controlPlanes[0]);
        await load.ServeMoreAsync(10);
        controlPlanes[0] = await gateway.StartAsync(settings[0]);
        await load.ServeMoreAsync(10);

        var served = await load.EndAsync();
        foreach (var dataPlane in dataPlanes)
        {
            await gateway.StopAsync(dataPlane);
        }

        foreach (var from in ports)
        {
            for (var index = 0; index < Sites.Length; index++)
            {
                Assert.Equal(served[index], await CountedAsync(gateway, from + 1, Sites[index]));
            }
        }
    }

    [Fact]
    public async Task A_killed_data_plane_loses_what_it_had_not_yet_reported_and_nothing_else()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites[0]);
        await gateway.StartAsync(gateway.ControlPlane(Sites[0]));
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"first","paths":["/first"]}""");
        var plane = gateway.DataPlane(0, Sites[0], gateway.Ports + 5, gateway.Ports + 6);
        var dataPlane = await gateway.StartAsync(plane);
        await ServeAsync(gateway, 20);
        await Eventually.TrueAsync(async () => await CountedAsync(gateway, gateway.Ports + 1, Sites[0]) == 20);

        await ServeAsync(gateway, 5);
        dataPlane.Send(Signal.Kill);
        await dataPlane.ExitCodeAsync();
        var second = await gateway.StartAsync(plane);
        await ServeAsync(gateway, 10);
        await gateway.StopAsync(second);

        Assert.InRange(await CountedAsync(gateway, gateway.Ports + 1, Sites[0]), 30, 35);
    }

    private static Dictionary<string, string?> ControlPlane(GatewayInstallation gateway, PostgreSqlServer postgres, string database, int from) => new(gateway.ControlPlane(Sites))
    {
        ["GATEWAY_DATABASE"] = "postgres",
        ["GATEWAY_SQLITE_PATH"] = null,
        ["GATEWAY_PG_HOST"] = postgres.Host,
        ["GATEWAY_PG_PORT"] = $"{postgres.Port}",
        ["GATEWAY_PG_DATABASE"] = database,
        ["GATEWAY_PG_USER"] = PostgreSqlServer.User,
        ["GATEWAY_PG_SSL"] = "off",
        ["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{from + 1}",
        ["GATEWAY_CLUSTER_LISTEN"] = $"127.0.0.1:{from + 5}",
        ["GATEWAY_CLUSTER_TELEMETRY_LISTEN"] = $"127.0.0.1:{from + 6}",
        ["GATEWAY_STATUS_LISTEN"] = $"127.0.0.1:{from + 7}",
    };

    private static async Task ServeAsync(GatewayInstallation gateway, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), "/first"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    /// <summary>Until what each site reports grows through this control plane: its exporter has found it.</summary>
    private static async Task CountedMoreAsync(GatewayInstallation gateway, int admin)
    {
        foreach (var site in Sites)
        {
            var before = await CountedAsync(gateway, admin, site);
            await Eventually.TrueAsync(async () => await CountedAsync(gateway, admin, site) > before);
        }
    }

    private static async Task<long> CountedAsync(GatewayInstallation gateway, int admin, string site)
    {
        var answer = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri($"http://127.0.0.1:{admin}/analytics/requests?route=first&status=200&site={site}"));
        return (long?)answer!["total"]?["count"] ?? 0;
    }
}
