using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class UpstreamHealthTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private const string First = "10.0.0.1:8000";
    private const string Second = "api.internal:8000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worst_that_a_data_plane_finds_is_shown_with_who_finds_what()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var upstream = await UpstreamAsync(api);
        var onPrem = await ReportAsync(api, "on-prem", Report(upstream, true, (First, true), (Second, true)));
        var cloud = await ReportAsync(api, "cloud", Report(upstream, true, (First, false), (Second, true)));

        var health = await GetAsync(api, "/upstreams/pets.internal/health");

        Assert.NotEqual(Guid.Empty, Guid.Parse((string)health["node_id"]!));
        var first = Target(health, First);
        Assert.Equal("UNHEALTHY", (string?)first["health"]);
        Assert.Equal(100, (int)first["weight"]!);
        Assert.Equal("""[{"ip":"10.0.0.9","port":8000,"weight":100,"health":"UNHEALTHY"}]""", first["data"]!["addresses"]!.ToJsonString());
        Assert.Equal("""{"total":100,"available":0,"unavailable":100}""", first["data"]!["weight"]!.ToJsonString());
        Assert.Equal(
            new[] { (onPrem, "on-prem", "HEALTHY"), (cloud, "cloud", "UNHEALTHY") }.OrderBy(item => item.Item1),
            first["data_planes"]!.AsArray().Select(plane => (Guid.Parse((string)plane!["id"]!), (string)plane["site"]!, (string)plane["health"]!)).OrderBy(item => item.Item1));
        Assert.Equal("HEALTHY", (string?)Target(health, Second)["health"]);
    }

    [Fact]
    public async Task A_newer_report_replaces_the_last_and_who_is_gone_says_nothing()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var upstream = await UpstreamAsync(api);
        var id = await ReportAsync(api, "on-prem", Report(upstream, true, (First, false)));
        Assert.Equal("UNHEALTHY", (string?)Target(await GetAsync(api, "/upstreams/pets.internal/health"), First)["health"]);

        await ReportAsync(api, "on-prem", Report(upstream, true, (First, true)), id);
        Assert.Equal("HEALTHY", (string?)Target(await GetAsync(api, "/upstreams/pets.internal/health"), First)["health"]);

        await ReportAsync(api, "on-prem", HealthReport.Empty, id);
        Assert.Empty(Target(await GetAsync(api, "/upstreams/pets.internal/health"), First)["data_planes"]!.AsArray());

        await ReportAsync(api, "on-prem", Report(upstream, true, (First, false)), id);
        await ReportAsync(api, "on-prem", null, id, connected: false);
        var target = Target(await GetAsync(api, "/upstreams/pets.internal/health"), First);
        Assert.Equal("HEALTHCHECKS_OFF", (string?)target["health"]);
        Assert.Empty(target["data_planes"]!.AsArray());
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_DNS_error_and_without_checks_nothing_is_said()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var upstream = await UpstreamAsync(api);
        await ReportAsync(api, "on-prem", new HealthReport([new UpstreamReport(upstream, false, true, [Found(First, true), new TargetReport(Second, [])])]));

        var health = await GetAsync(api, $"/upstreams/{upstream}/health");

        Assert.Equal("HEALTHCHECKS_OFF", (string?)Target(health, First)["health"]);
        Assert.Equal("HEALTHCHECKS_OFF", (string?)Target(health, First)["data"]!["addresses"]![0]!["health"]);
        Assert.Equal("DNS_ERROR", (string?)Target(health, Second)["health"]);
    }

    [Fact]
    public async Task The_balancer_as_a_whole_is_shown_on_demand()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var upstream = await UpstreamAsync(api);
        await ReportAsync(api, "on-prem", Report(upstream, true, (First, true), (Second, true)));
        await ReportAsync(api, "cloud", Report(upstream, available: false, (First, false), (Second, true)));

        var data = (await GetAsync(api, "/upstreams/pets.internal/health?balancer_health=1"))["data"]!;

        Assert.Equal(upstream, Guid.Parse((string)data["id"]!));
        Assert.Equal("UNHEALTHY", (string?)data["health"]);
        Assert.Equal("""{"healthy":false,"weight":{"total":200,"available":100,"unavailable":100}}""", data["details"]!.ToJsonString());
        Assert.Equal(2, data["data_planes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Only_upstreams_that_exist_have_health_and_nobody_sets_it_by_hand()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await UpstreamAsync(api);

        using var missing = await api.Client.GetAsync("/upstreams/none/health", Token);
        using var byHand = await api.Client.PutAsync($"/upstreams/pets.internal/targets/{First}/unhealthy", content: null, Token);
        using var byAddress = await api.Client.PutAsync($"/upstreams/pets.internal/targets/{First}/{First}/healthy", content: null, Token);

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, byHand.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, byAddress.StatusCode);
    }

    private static HealthReport Report(Guid upstream, bool available, params (string Target, bool Healthy)[] targets) =>
        new([new UpstreamReport(upstream, UsesChecks: true, available, [.. targets.Select(target => Found(target.Target, target.Healthy))])]);

    private static TargetReport Found(string target, bool healthy) => new(target, [new AddressReport("10.0.0.9", 8000, 100, healthy)]);

    private static JsonNode Target(JsonObject health, string target) => Assert.Single(health["data"]!.AsArray(), item => (string?)item!["target"] == target)!;

    private static async Task<JsonObject> GetAsync(RunningAdminApi api, string path) => (await api.Client.GetFromJsonAsync<JsonObject>(path, Token))!;

    private static async Task<Guid> UpstreamAsync(RunningAdminApi api)
    {
        using var created = await api.Client.PostAsJsonAsync("/upstreams", new { name = "pets.internal" }, Token);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        foreach (var target in (string[])[First, Second])
        {
            using var added = await api.Client.PostAsJsonAsync("/upstreams/pets.internal/targets", new { target }, Token);
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        }

        return Guid.Parse((string)(await created.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!);
    }

    private static async Task<Guid> ReportAsync(RunningAdminApi api, string site, HealthReport? report, Guid? instance = null, bool connected = true)
    {
        var id = instance ?? Guid.NewGuid();
        var directory = api.Get<InstanceDirectory>();
        directory.Report(new InstanceState
        {
            Id = id,
            Site = site,
            Hostname = $"{site}-0",
            Ip = "10.0.0.7",
            Version = "0.1.0",
            Plugins = new Dictionary<string, string>(StringComparer.Ordinal),
            SyncStatus = SyncStatus.Normal,
            Connected = connected,
            LastSeen = TimeProvider.System.GetUtcNow(),
            CertificateExpiry = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
        });
        if (report is not null)
        {
            directory.ReportHealth(id, report);
        }

        await directory.WriteAsync(Token);
        return id;
    }
}
