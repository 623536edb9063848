using System.Net;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Sites;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Access;

/// <summary>An administrator while the database is away, and after it came back. A server of its own, since other tests need theirs.</summary>
public sealed class DatabaseAwayTests(PostgreSqlFixture fixture) : AccessScenario(fixture), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlServer _server = fixture.Server!;

    [Fact]
    public async Task Clustering_answers_from_memory_writes_are_503_tokens_work_and_nothing_needs_a_restart()
    {
        var options = await OptionsAsync() with { Sites = [new SiteRegistration("on-prem")] };
        await using var api = await RunningAdminApi.StartAsync(options);
        var (_, token) = await CreateAsync(api, new { name = "ci", role = "admin" });
        var instances = api.Get<InstanceDirectory>();
        var state = State();
        instances.Report(state);
        await instances.WriteAsync(TestContext.Current.CancellationToken);
        var before = await GetAsync(api, "/clustering/status", token);
        Assert.True((bool)before["database_reachable"]!);
        await api.Get<InstanceReader>().RememberAsync(TestContext.Current.CancellationToken);
        await GetAsync(api, "/clustering/sites", token);

        await _server.StopAsync();

        // What the tunnel reports meanwhile is seen, the rest stays as it was.
        var other = State();
        instances.Report(state with { Revision = 7, LastSeen = state.LastSeen.AddSeconds(1) });
        instances.Report(other);
        var status = await GetAsync(api, "/clustering/status", token);
        Assert.False((bool)status["database_reachable"]!);
        Assert.Equal((long)before["head_revision"]!, (long)status["head_revision"]!);
        Assert.Equal(7, (long)status["data_planes"]![$"{state.Id}"]!["revision"]!);
        Assert.Equal(
            new[] { $"{state.Id}", $"{other.Id}" }.Order(StringComparer.Ordinal),
            (await GetAsync(api, "/clustering/data-planes", token))["data"]!.AsArray().Select(plane => (string)plane!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal("on-prem", (string?)Assert.Single((await GetAsync(api, "/clustering/sites", token))["data"]!.AsArray())!["name"]);
        Assert.Equal("on-prem", (string?)(await GetAsync(api, "/clustering/sites/on-prem", token))["name"]);
        await GetAsync(api, "/clustering/releases", token);
        Assert.Equal("token:ci", (string?)(await GetAsync(api, "/whoami", token))["principal"]);

        using (var write = await SendAsync(api, HttpMethod.Post, "/services", token, new { name = "during", host = "a.test" }))
        {
            var body = JsonNode.Parse(await write.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, 8), (write.StatusCode, (int)body["code"]!));
            Assert.Contains("nothing was changed", (string?)body["message"], StringComparison.Ordinal);
        }

        using (var unknown = await SendAsync(api, HttpMethod.Get, "/whoami", "gwa_" + new string('A', 43)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        }

        await _server.StartAsync();

        await Eventually.TrueAsync(async () =>
        {
            using var write = await SendAsync(api, HttpMethod.Put, "/services/after", token, new { host = "a.test" });
            return write.StatusCode is HttpStatusCode.OK;
        });
        Assert.True((bool)(await GetAsync(api, "/clustering/status", token))["database_reachable"]!);
        using (var during = await SendAsync(api, HttpMethod.Get, "/services/during", token))
        {
            Assert.Equal(HttpStatusCode.NotFound, during.StatusCode);
        }

        // What was done while the database was away is in its audit log now.
        Assert.Contains((await GetAsync(api, "/audit", token))["data"]!.AsArray(), record => ((string?)record!["path"], (int)record["status"]!) == ("/services", 503));
    }

    private static InstanceState State() => new()
    {
        Id = Guid.NewGuid(),
        Site = "on-prem",
        Hostname = "host",
        Ip = "127.0.0.1",
        Version = "0.1.0",
        Plugins = new Dictionary<string, string>(StringComparer.Ordinal),
        SyncStatus = SyncStatus.Normal,
        Connected = true,
        LastSeen = TimeProvider.System.GetUtcNow(),
        CertificateExpiry = TimeProvider.System.GetUtcNow().AddDays(90),
    };
}
