using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>The Admin API over PostgreSQL: the same answers, several at once, and with the database away.</summary>
public sealed class PostgreSqlAdminApiTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("services")]
    [InlineData("routes")]
    [InlineData("credentials")]
    [InlineData("declarative")]
    [InlineData("select-tags")]
    [InlineData("plugins")]
    [InlineData("tags")]
    [InlineData("upstreams")]
    [InlineData("consumer-groups")]
    [InlineData("more-credentials")]
    [InlineData("server-certificates")]
    public async Task The_Admin_API_answers_as_written(string scenario)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await ScenarioTests.RunAsync(api.Client, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Admin", "Scenarios", $"{scenario}.txt"), Token));
    }

    [Fact]
    public async Task Of_eight_that_create_the_same_name_at_once_one_succeeds()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await api.Client.PostAsJsonAsync("/services", new { name = "petstore", host = "petstore.test" }, Token);
            return response.StatusCode;
        }));

        Assert.Single(statuses, status => status == HttpStatusCode.Created);
        Assert.Equal(7, statuses.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Routes_that_are_added_while_their_service_is_deleted_are_never_orphans()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        for (var round = 0; round < 10; round++)
        {
            using var created = await api.Client.PutAsJsonAsync($"/services/petstore-{round}", new { host = "petstore.test" }, Token);
            var adding = Enumerable.Range(0, 4).Select(i => api.Client.PostAsJsonAsync($"/services/petstore-{round}/routes", new { name = $"route-{round}-{i}", paths = new[] { "/" } }, Token)).ToList();
            using var deleted = await api.Client.DeleteAsync($"/services/petstore-{round}", Token);
            var added = await Task.WhenAll(adding);

            var isGone = deleted.StatusCode == HttpStatusCode.NoContent;
            Assert.All(added, answer => Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.NotFound, HttpStatusCode.BadRequest]));
            Assert.Equal(isGone ? 0 : 4, added.Count(answer => answer.StatusCode == HttpStatusCode.Created));
            Array.ForEach(added, answer => answer.Dispose());
        }
    }

    [Fact]
    public async Task Whole_configurations_that_are_loaded_at_once_never_mix()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async file =>
        {
            var services = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"{{name: service-{i}, host: file-{file}.test}}"));
            using var content = new StringContent($"_format_version: \"3.0\"\nservices: [{services}, {{name: only-{file}, host: a.test}}]\n", Encoding.UTF8, "application/yaml");
            using var response = await api.Client.PostAsync("/config", content, Token);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }).Concat(Enumerable.Range(0, 6).Select(async i =>
        {
            using var response = await api.Client.PostAsJsonAsync("/services", new { name = $"single-{i}", host = "single.test" }, Token);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        })));

        var services = (await api.Client.GetFromJsonAsync<JsonObject>("/services", Token))!["data"]!.AsArray().Select(service => service!.AsObject()).ToList();
        Assert.Single(services.Where(service => ((string)service["name"]!).StartsWith("service-", StringComparison.Ordinal)).Select(service => (string)service["host"]!).Distinct(StringComparer.Ordinal));
        Assert.Single(services, service => ((string)service["name"]!).StartsWith("only-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_database_away_writes_answer_503_and_the_status_says_so()
    {
        // A server of its own: the others' must stay.
        var own = new PostgreSqlFixture();
        await own.InitializeAsync();
        try
        {
            await using var api = await RunningAdminApi.StartAsync(await own.NewDatabaseAsync());
            await own.Server!.StopAsync();

            using var write = await api.Client.PostAsJsonAsync("/services", new { name = "petstore", host = "petstore.test" }, Token);
            var status = (await api.Client.GetFromJsonAsync<JsonObject>("/status", Token))!;

            Assert.Equal(HttpStatusCode.ServiceUnavailable, write.StatusCode);
            var error = JsonNode.Parse(await write.Content.ReadAsStringAsync(Token))!;
            Assert.Equal(("database error", 8), ((string?)error["name"], (int)error["code"]!));
            Assert.False((bool)status["database"]!["reachable"]!);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }
}
