using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Declarative;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class DumpTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private static readonly object WithSecrets = new { with_secrets = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dump_loads_back_without_a_change_and_elsewhere_as_the_same()
    {
        await using var first = await StartAsync();
        await using var second = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        var dump = JsonToYaml.Write(await DumpAsync(first));
        var again = await LoadAsync(first, dump, "");
        var elsewhere = await LoadAsync(second, dump, "");

        Assert.Equal((HttpStatusCode.Created, 0), (again.Status, (int)again.Body["changes"]!));
        Assert.Equal(HttpStatusCode.Created, elsewhere.Status);
        Assert.Equal(dump, JsonToYaml.Write(await DumpAsync(second)));
        using var called = await second.Client.GetAsync("/key-auths/demo-key", Token);
        Assert.Equal(HttpStatusCode.OK, called.StatusCode);
    }

    [Fact]
    public async Task Without_being_asked_for_secrets_are_masked_and_the_file_is_refused()
    {
        await using var api = await StartAsync();

        var dump = (await api.Client.GetFromJsonAsync<JsonObject>("/config/dump", Token))!;
        var loaded = await LoadAsync(api, dump.ToJsonString(), "");

        Assert.Contains("********", dump.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("demo-key", dump.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, loaded.Status);
        Assert.Contains("this is the mask shown in place of a secret", loaded.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_of_what_has_a_tag_says_that_it_owns_it_and_syncs_by_that_tag()
    {
        await using var api = await StartAsync();
        await LoadAsync(api, """{_format_version: "3.0", services: [{name: mine, host: a.test, routes: [{name: mine, paths: [/mine]}]}]}""", "?select_tags=team-a");

        using var answer = await api.Client.PostAsJsonAsync("/config/dump?select_tags=team-a", WithSecrets, Token);
        var dump = (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;

        Assert.Equal("""["team-a"]""", dump["_info"]!["select_tags"]!.ToJsonString());
        Assert.Equal("mine", (string?)Assert.Single(dump["services"]!.AsArray())!["routes"]![0]!["name"]);
        Assert.Equal(0, (int)(await LoadAsync(api, dump.ToJsonString(), "?select_tags=team-a")).Body["changes"]!);
    }

    [Theory]
    [InlineData("""{"with_secrets": "yes"}""", "expected a boolean")]
    [InlineData("""{"secrets": true}""", "unknown field")]
    public async Task What_is_asked_for_wrongly_is_refused_by_name(string body, string problem)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        using var refused = await api.Client.PostAsync("/config/dump", new StringContent(body, Encoding.UTF8, "application/json"), Token);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(problem, await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_may_hold_what_was_and_what_would_be_with_secrets_masked()
    {
        await using var api = await StartAsync();
        var dump = await DumpAsync(api);
        dump["consumers"]![0]!["keyauth_credentials"]![0]!["key"] = "another-key";

        var diff = (await LoadAsync(api, dump.ToJsonString(), "?dry_run=true&details=true")).Body;

        var change = Assert.Single(diff["diff"]!.AsArray())!;
        Assert.Equal(("update", "key", "********", "********"), ((string?)change["action"], (string?)change["fields"]![0], (string?)change["before"]!["key"], (string?)change["after"]!["key"]));
        Assert.DoesNotContain("another-key", diff.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<RunningAdminApi> StartAsync()
    {
        var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await LoadAsync(api, await File.ReadAllTextAsync(Path.Combine(Repository.Root, "gateway", "samples", "petstore.yaml"), Token), "");
        return api;
    }

    private static async Task<JsonObject> DumpAsync(RunningAdminApi api)
    {
        using var answer = await api.Client.PostAsJsonAsync("/config/dump", WithSecrets, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> LoadAsync(RunningAdminApi api, string file, string query)
    {
        using var answer = await api.Client.PostAsync("/config" + query, new StringContent(file, Encoding.UTF8, "application/yaml"), Token);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!);
    }
}
