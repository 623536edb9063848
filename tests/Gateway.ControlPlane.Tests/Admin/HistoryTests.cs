using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Starting;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>Revisions one by one, and back to one of them, on whichever database.</summary>
public abstract class HistoryTests(StoreFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revision_says_who_changed_what_with_secrets_masked()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await SendAsync(api, HttpMethod.Post, "/services", new { name = "petstore", host = "one.test" });
        await SendAsync(api, HttpMethod.Patch, "/services/petstore", new { host = "two.test" });
        await SendAsync(api, HttpMethod.Post, "/consumers", new { username = "alice" });
        await SendAsync(api, HttpMethod.Post, "/consumers/alice/key-auth", new { key = "the-secret" });

        var patched = (await SendAsync(api, HttpMethod.Get, "/revisions/3")).Body;
        var keyed = (await SendAsync(api, HttpMethod.Get, "/revisions/5")).Body;

        Assert.Equal((3, "anonymous", "127.0.0.1", "PATCH /services/petstore", 1), ((int)patched["revision"]!, (string?)patched["principal"], (string?)patched["source_address"], (string?)patched["message"], (int)patched["changes"]!));
        var change = Assert.Single(patched["entities"]!.AsArray())!;
        Assert.Equal(("update", "services", "petstore", "one.test", "two.test"), ((string?)change["action"], (string?)change["kind"], (string?)change["name"], (string?)change["before"]!["host"], (string?)change["after"]!["host"]));
        Assert.Contains("host", change["fields"]!.AsArray().Select(field => (string?)field));
        Assert.Equal("********", (string?)keyed["entities"]![0]!["after"]!["key"]);
        Assert.DoesNotContain("the-secret", keyed.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await SendAsync(api, HttpMethod.Get, "/revisions/1")).Body["entities"]!.AsArray());
        Assert.Equal(404, (await SendAsync(api, HttpMethod.Get, "/revisions/6")).Status);
        Assert.Equal(404, (await SendAsync(api, HttpMethod.Get, "/revisions/petstore")).Status);
        Assert.Equal([5, 4, 3, 2, 1], (await SendAsync(api, HttpMethod.Get, "/revisions")).Body["data"]!.AsArray().Select(revision => (int)revision!["revision"]!));
    }

    [Fact]
    public async Task What_a_large_revision_changed_comes_in_pages()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await SendAsync(api, HttpMethod.Post, "/config", new { _format_version = "3.0", services = Enumerable.Range(0, 7).Select(i => new { name = $"s{i}", host = "a.test" }) });

        var names = new List<string>();
        for (var next = "/revisions/2?size=3"; next is not null;)
        {
            var page = (await SendAsync(api, HttpMethod.Get, next)).Body;
            names.AddRange(page["entities"]!.AsArray().Select(change => (string)change!["name"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"s{i}"), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rollback_is_a_new_revision_with_what_was_and_is_told_before_it_is_made()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await SendAsync(api, HttpMethod.Post, "/services", new { name = "kept", host = "one.test" });
        await SendAsync(api, HttpMethod.Post, "/services", new { name = "deleted", host = "deleted.test" });
        await SendAsync(api, HttpMethod.Post, "/services/deleted/routes", new { name = "deleted-route", paths = new[] { "/" } });
        var before = await ConfigurationAsync(api);
        await SendAsync(api, HttpMethod.Patch, "/services/kept", new { host = "two.test" });
        await SendAsync(api, HttpMethod.Delete, "/routes/deleted-route");
        await SendAsync(api, HttpMethod.Delete, "/services/deleted");
        await SendAsync(api, HttpMethod.Post, "/services", new { name = "added", host = "added.test" });
        var after = await ConfigurationAsync(api);

        var rehearsed = await SendAsync(api, HttpMethod.Post, "/revisions/4/rollback", new { dry_run = true });
        Assert.Equal((200, 8, 4), (rehearsed.Status, (int)rehearsed.Body["revision"]!, (int)rehearsed.Body["changes"]!));
        Assert.Equal(after, await ConfigurationAsync(api));

        var rolledBack = await SendAsync(api, HttpMethod.Post, "/revisions/4/rollback", new { reason = "it was better" });
        Assert.Equal((201, 9, 4, 4), (rolledBack.Status, (int)rolledBack.Body["revision"]!, (int)rolledBack.Body["rolled_back_to"]!, (int)rolledBack.Body["changes"]!));
        Assert.Equal(
            ["create routes/deleted-route", "create services/deleted", "delete services/added", "update services/kept"],
            rolledBack.Body["diff"]!.AsArray().Select(change => $"{change!["action"]} {change["kind"]}/{change["name"]}").Order(StringComparer.Ordinal));
        Assert.Equal(before, await ConfigurationAsync(api));
        Assert.Equal(("rollback", "rollback to revision 4: it was better"), await OriginAsync(api, 9));

        // Again changes nothing, and forward is a rollback like any other.
        var again = await SendAsync(api, HttpMethod.Post, "/revisions/4/rollback");
        Assert.Equal((200, 9, 0), (again.Status, (int)again.Body["revision"]!, (int)again.Body["changes"]!));
        Assert.Equal(201, (await SendAsync(api, HttpMethod.Post, "/revisions/8/rollback")).Status);
        Assert.Equal(after, await ConfigurationAsync(api));
    }

    [Fact]
    public async Task A_rollback_revives_no_revoked_key_and_loses_no_new_one_unless_it_is_told_to()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await SendAsync(api, HttpMethod.Post, "/consumers", new { username = "alice" });
        await SendAsync(api, HttpMethod.Post, "/consumers/alice/key-auth", new { key = "revoked-since" });
        await SendAsync(api, HttpMethod.Post, "/consumers", new { username = "bob" });
        await SendAsync(api, HttpMethod.Post, "/consumers/bob/key-auth", new { key = "of-bob" });
        await SendAsync(api, HttpMethod.Delete, "/key-auths/revoked-since");
        await SendAsync(api, HttpMethod.Post, "/consumers/alice/key-auth", new { key = "made-since" });
        await SendAsync(api, HttpMethod.Delete, "/consumers/bob");

        Assert.Equal(201, (await SendAsync(api, HttpMethod.Post, "/revisions/5/rollback")).Status);
        Assert.Equal(200, (await SendAsync(api, HttpMethod.Get, "/consumers/bob")).Status);
        Assert.Equal((404, 200, 404), await KeysAsync(api));

        Assert.Equal(201, (await SendAsync(api, HttpMethod.Post, "/revisions/5/rollback", new { credentials = true })).Status);
        Assert.Equal((200, 404, 200), await KeysAsync(api));

        // A consumer that was not there takes its keys along.
        Assert.Equal(201, (await SendAsync(api, HttpMethod.Post, "/revisions/1/rollback")).Status);
        Assert.Equal((404, 404, 404), await KeysAsync(api));
    }

    [Theory]
    [InlineData("/revisions/99/rollback", "{}", 400, "revision 99 is not in the log; allowed: 1 to 2")]
    [InlineData("/revisions/0/rollback", "{}", 400, "revision 0 is not in the log; allowed: 1 to 2")]
    [InlineData("/revisions/x/rollback", "{}", 404, "Not found")]
    [InlineData("/revisions/1/rollback", """{"credentials": "some"}""", 400, "credentials: expected a boolean")]
    [InlineData("/revisions/1/rollback", """{"revision": 1}""", 400, "revision: unknown field")]
    public async Task A_rollback_that_cannot_be_is_refused(string path, string body, int status, string problem)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await SendAsync(api, HttpMethod.Post, "/services", new { name = "petstore", host = "one.test" });

        var refused = await SendAsync(api, HttpMethod.Post, path, JsonNode.Parse(body));

        Assert.Equal(status, refused.Status);
        Assert.Contains(problem, (string?)refused.Body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_that_is_not_retained_any_more_is_refused_with_those_that_are()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync() with { RevisionRetention = 2 });
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = $"{i}.test" });
        }

        await api.Get<Retention>().ApplyAsync(Token);

        var refused = await SendAsync(api, HttpMethod.Post, "/revisions/2/rollback");
        Assert.Contains("revision 2 is not in the log; allowed: 4 to 6", (string?)refused.Body["message"], StringComparison.Ordinal);
        Assert.Equal(201, (await SendAsync(api, HttpMethod.Post, "/revisions/4/rollback")).Status);
        Assert.Equal("2.test", (string?)(await SendAsync(api, HttpMethod.Get, "/services/petstore")).Body["host"]);
    }

    private static async Task<(int Revoked, int Made, int OfBob)> KeysAsync(RunningAdminApi api) => (
        (await SendAsync(api, HttpMethod.Get, "/key-auths/revoked-since")).Status,
        (await SendAsync(api, HttpMethod.Get, "/key-auths/made-since")).Status,
        (await SendAsync(api, HttpMethod.Get, "/key-auths/of-bob")).Status);

    private static async Task<(string? Origin, string? Message)> OriginAsync(RunningAdminApi api, int revision)
    {
        var shown = (await SendAsync(api, HttpMethod.Get, $"/revisions/{revision}")).Body;
        return ((string?)shown["origin"], (string?)shown["message"]);
    }

    /// <summary>Without the times of changes, which a rollback does not turn back.</summary>
    private static async Task<string> ConfigurationAsync(RunningAdminApi api)
    {
        var configuration = (await SendAsync(api, HttpMethod.Get, "/config")).Body;
        foreach (var entity in configuration.Select(kind => kind.Value).OfType<JsonArray>().SelectMany(entities => entities))
        {
            entity!.AsObject().Remove("updated_at");
        }

        return configuration.ToJsonString();
    }

    private static async Task<(int Status, JsonObject Body)> SendAsync(RunningAdminApi api, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await api.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return ((int)response.StatusCode, text.Length is 0 ? [] : (JsonObject)JsonNode.Parse(text)!);
    }
}
