using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>What scenario files can't say: headers, sizes, pages, and what other parts of the control plane bring in.</summary>
public sealed class AdminApiTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_says_which_revision_it_made_and_a_read_does_not()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        using var written = await api.Client.PostAsJsonAsync("/services", new { name = "petstore", host = "petstore.test" }, Token);
        using var read = await api.Client.GetAsync("/services/petstore", Token);
        using var deleted = await api.Client.DeleteAsync("/services/petstore", Token);
        using var again = await api.Client.DeleteAsync("/services/petstore", Token);

        Assert.Equal("2", Assert.Single(written.Headers.GetValues("X-Gateway-Revision")));
        Assert.False(read.Headers.Contains("X-Gateway-Revision"));
        Assert.Equal("3", Assert.Single(deleted.Headers.GetValues("X-Gateway-Revision")));
        Assert.False(again.Headers.Contains("X-Gateway-Revision"));
    }

    [Fact]
    public async Task A_method_that_is_not_there_names_those_that_are()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        using var refused = await api.Client.DeleteAsync("/services", Token);
        using var options = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/services/petstore"), Token);

        Assert.Equal(["GET", "POST", "HEAD", "OPTIONS"], refused.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(["GET", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"], options.Content.Headers.Allow);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_without_the_body()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        using var found = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/services"), Token);
        using var missing = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/services/nothing"), Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (found.StatusCode, missing.StatusCode));
        Assert.True(found.Content.Headers.ContentLength > 0);
        Assert.Empty(await found.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused(bool chunked)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync() with { MaxBodySize = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/services")
        {
            Content = new StringContent($$"""{"name": "a", "host": "{{new string('a', 2000)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await api.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("""{"message":"the body is larger than 1000 bytes"}""", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_configuration_larger_than_the_servers_default_limit_is_read()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        // Kestrel's default is 30 MB.
        using var content = new StringContent($"_format_version: \"3.0\"\n# {new string('x', 32_000_000)}\nservices: [{{name: a, host: a.test}}]\n", Encoding.UTF8, "application/yaml");

        using var response = await api.Client.PostAsync("/config", content, Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Following_next_visits_every_entity_once()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        for (var i = 0; i < 7; i++)
        {
            using var created = await api.Client.PostAsJsonAsync("/consumers", new { username = $"consumer-{i}", tags = new[] { "all" } }, Token);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        var names = new List<string>();
        for (var next = "/consumers?size=3&tags=all"; next is not null;)
        {
            var page = (await api.Client.GetFromJsonAsync<JsonObject>(next, Token))!;
            names.AddRange(page["data"]!.AsArray().Select(consumer => (string)consumer!["username"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"consumer-{i}"), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_may_come_as_a_multipart_form()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        using var form = new MultipartFormDataContent { { new StringContent("_format_version: \"3.0\"\nservices: [{name: petstore, host: petstore.test}]\n"), "config", "kong.yaml" } };

        using var response = await api.Client.PostAsync("/config", form, Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotNull(await api.Client.GetFromJsonAsync<JsonObject>("/services/petstore", Token));
    }

    [Fact]
    public async Task The_sample_loads_and_loads_again_without_a_change()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var sample = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "gateway", "samples", "petstore.yaml"), Token);

        using var first = await api.Client.PostAsync("/config", new ByteArrayContent(sample), Token);
        using var second = await api.Client.PostAsync("/config?check_hash=1", new ByteArrayContent(sample), Token);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task A_name_with_a_slash_is_found_by_its_escaped_form()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        using var created = await api.Client.PostAsJsonAsync("/consumers", new { username = "team/alice" }, Token);

        var found = await api.Client.GetFromJsonAsync<JsonObject>("/consumers/team%2Falice", Token);

        Assert.Equal("team/alice", (string?)found!["username"]);
    }

    [Fact]
    public async Task A_data_plane_is_listed_with_its_sites_labels()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "eu" };
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem") { Labels = labels }] });
        var id = Guid.NewGuid();
        api.Get<IInstanceDirectory>().Report(new InstanceState
        {
            Id = id,
            Site = "on-prem",
            Hostname = "dp-0",
            Ip = "10.0.0.7",
            Version = "0.1.0",
            Plugins = new Dictionary<string, string>(StringComparer.Ordinal),
            Revision = 1,
            ConfigurationHash = "abc",
            SyncStatus = SyncStatus.PluginSetIncompatible,
            LastRefusal = "plugins[0].name: unknown",
            Connected = true,
            LastSeen = TimeProvider.System.GetUtcNow(),
            CertificateExpiry = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
            CertificateAuthority = "ab12",
        });
        await api.Get<InstanceDirectory>().WriteAsync(Token);

        var list = (await api.Client.GetFromJsonAsync<JsonObject>("/clustering/data-planes", Token))!;
        var status = (await api.Client.GetFromJsonAsync<JsonObject>("/clustering/status", Token))!;

        var plane = Assert.Single(list["data"]!.AsArray())!;
        var expected = JsonNode.Parse($$"""
            {"id": "{{id}}", "hostname": "dp-0", "ip": "10.0.0.7", "site": "on-prem", "version": "0.1.0", "labels": {"region": "eu"}, "config_hash": "abc", "revision": 1,
             "sync_status": "plugin_set_incompatible", "last_seen": "*", "updated_at": "*", "connected": true, "cert_details": {"expiry_timestamp": 2000000000, "authority": "ab12"},
             "last_refusal": "plugins[0].name: unknown"}
            """);
        JsonExpectation.Check(expected, plane, "data plane", new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.True(JsonNode.DeepEquals(plane, status["data_planes"]![id.ToString()]));
    }

    [Fact]
    public async Task Requests_are_shown_per_minute_and_in_total_by_what_is_asked_for()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var start = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        TelemetryPoint Point(string site, string status, long count, int seconds) => new(
            site, Guid.NewGuid(), start, start.AddSeconds(seconds), "gateway.requests", [new("service", "petstore"), new("status", status)], count, 0, [], []);
        await api.Get<ITelemetryStore>().FoldAsync(
            [Point("on-prem", "200", 10, 5), Point("on-prem", "404", 2, 5), Point("cloud", "200", 7, 65), Point("cloud", "200", 1, 65)], Token);

        var report = (await api.Client.GetFromJsonAsync<JsonObject>("/analytics/requests?from=2026-11-23T10:00:00Z&to=2026-11-23T11:00:00Z&by=site", Token))!;
        var filtered = (await api.Client.GetFromJsonAsync<JsonObject>($"/analytics/requests?from={start.ToUnixTimeSeconds()}&to={start.AddHours(1).ToUnixTimeSeconds()}&status=200&site=cloud", Token))!;

        var minute = start.ToUnixTimeSeconds();
        Assert.Equal(20, (long)report["total"]!["count"]!);
        Assert.Equal(8, (long)filtered["total"]!["count"]!);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse($$"""[{"minute": {{minute}}, "site": "on-prem", "count": 12, "sum": 0}, {"minute": {{minute + 60}}, "site": "cloud", "count": 8, "sum": 0}]"""),
            report["minutes"]));
    }

    [Fact]
    public async Task An_unreadable_media_type_is_refused_without_inner_details()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        using var content = new ByteArrayContent("--x\r\nbroken"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var response = await api.Client.PostAsync("/services", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("""{"message":"Cannot parse multipart body"}""", await response.Content.ReadAsStringAsync(Token));
    }
}
