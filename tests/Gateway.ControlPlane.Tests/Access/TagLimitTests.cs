using System.Net;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

/// <summary>An editor and a viewer who are limited to the tag <c>team-a</c>, in a configuration that others share.</summary>
public abstract class TagLimitTests(StoreFixture fixture) : AccessScenario(fixture)
{
    [Fact]
    public async Task They_read_what_has_the_tag_and_what_is_nested_beneath_it_and_nothing_else()
    {
        await using var api = await StartAsync();
        await PrepareAsync(api);
        var (_, token) = await CreateAsync(api, new { name = "a", role = "viewer", tags = new[] { "team-a" } });

        Assert.Equal(["a"], await NamesAsync(api, "/services", token));
        Assert.Equal(["a-route"], await NamesAsync(api, "/routes", token));
        Assert.Equal(["a-route"], await NamesAsync(api, "/services/a/routes", token));
        Assert.Empty(await NamesAsync(api, "/services/b/routes", token));
        Assert.Equal(["correlation-id"], await NamesAsync(api, "/plugins", token));
        Assert.Equal("a-route", (string?)(await GetAsync(api, "/routes/a-route", token))["name"]);
        Assert.Equal("a", (string?)(await GetAsync(api, "/routes/a-route/service", token))["name"]);
        var dump = await GetAsync(api, "/config", token);
        Assert.Equal(["plugins", "routes", "services"], dump.Select(kind => kind.Key).Where(kind => !kind.StartsWith('_')).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("\"b\"", dump.ToJsonString(), StringComparison.Ordinal);

        foreach (var path in (string[])["/services/b", "/routes/b-route", "/routes/b-route/service", "/services/b/routes/b-route", "/tags", "/revisions", "/clustering/sites", "/tokens"])
        {
            using var refused = await SendAsync(api, HttpMethod.Get, path, token);
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden, $"{path}: {refused.StatusCode}");
        }
    }

    [Fact]
    public async Task They_write_within_the_tag_and_must_keep_it()
    {
        await using var api = await StartAsync();
        await PrepareAsync(api);
        var (_, token) = await CreateAsync(api, new { name = "a", role = "editor", tags = new[] { "team-a" } });

        Assert.Equal(201, await StatusAsync(api, HttpMethod.Post, "/services", token, new { name = "a2", host = "a2.test", tags = new[] { "team-a" } }));
        Assert.Equal(201, await StatusAsync(api, HttpMethod.Post, "/services/a2/routes", token, new { name = "a2-route", paths = new[] { "/a2" } }));
        Assert.Equal(201, await StatusAsync(api, HttpMethod.Post, "/routes/a2-route/plugins", token, new { name = "correlation-id" }));
        Assert.Equal(200, await StatusAsync(api, HttpMethod.Patch, "/routes/a2-route", token, new { paths = new[] { "/other" } }));
        Assert.Equal(200, await StatusAsync(api, HttpMethod.Patch, "/services/a2", token, new { tags = new[] { "more", "team-a" } }));
        Assert.Equal(204, await StatusAsync(api, HttpMethod.Delete, "/routes/a2-route", token));

        // Without the tag, or losing it, or beneath somebody else's.
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/services", token, new { name = "untagged", host = "a.test" }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/services", token, new { name = "theirs", host = "a.test", tags = new[] { "team-b" } }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Patch, "/services/a", token, new { tags = new[] { "team-b" } }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/services/b/routes", token, new { name = "mine", paths = new[] { "/mine" }, tags = new[] { "team-a" } }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Patch, "/routes/a-route", token, new { service = new { name = "b" } }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/services/b/plugins", token, new { name = "correlation-id", tags = new[] { "team-a" } }));
        // Everybody's, whatever tag it has.
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/plugins", token, new { name = "correlation-id", tags = new[] { "team-a" } }));
        // What is not theirs, even unchanged.
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Patch, "/services/b", token, new { }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Put, "/services/b", token, new { host = "a.test", tags = new[] { "team-a" } }));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Delete, "/services/b", token));
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/revisions/2/rollback", token, new { }));

        Assert.Equal("b.test", (string?)(await GetAsync(api, "/services/b", AdminToken))["host"]);
        Assert.Equal(["a", "a2", "b"], await NamesAsync(api, "/services", AdminToken));
    }

    [Fact]
    public async Task A_file_of_theirs_changes_what_has_the_tag_and_a_whole_configuration_is_refused()
    {
        await using var api = await StartAsync();
        await PrepareAsync(api);
        var (_, token) = await CreateAsync(api, new { name = "a", role = "editor", tags = new[] { "team-a" } });
        var file = new { _format_version = "3.0", services = new[] { new { name = "a3", host = "a3.test" } } };

        using var everything = await SendAsync(api, HttpMethod.Post, "/config", token, file);
        Assert.Equal(HttpStatusCode.Forbidden, everything.StatusCode);
        Assert.Equal(["a", "b"], await NamesAsync(api, "/services", AdminToken));

        var id = (string?)(await GetAsync(api, "/services/a", token))["id"];
        Assert.Equal(201, await StatusAsync(
            api, HttpMethod.Post, "/config?select_tags=team-a", token, new { _format_version = "3.0", services = new object[] { new { id, name = "a", host = "new.test" }, new { name = "a3", host = "a3.test" } } }));
        Assert.Equal("new.test", (string?)(await GetAsync(api, "/services/a", token))["host"]);
        id = (string?)(await GetAsync(api, "/services/b", AdminToken))["id"];
        Assert.Equal(403, await StatusAsync(api, HttpMethod.Post, "/config?select_tags=team-b", token, new { _format_version = "3.0", services = new[] { new { id, name = "b", host = "new.test" } } }));
        Assert.Equal(["a", "a3", "b"], await NamesAsync(api, "/services", AdminToken));
    }

    private static async Task PrepareAsync(RunningAdminApi api)
    {
        foreach (var team in (string[])["a", "b"])
        {
            Assert.Equal(201, await StatusAsync(api, HttpMethod.Post, "/services", AdminToken, new { name = team, host = $"{team}.test", tags = new[] { $"team-{team}" } }));
            Assert.Equal(201, await StatusAsync(api, HttpMethod.Post, $"/services/{team}/routes", AdminToken, new { name = $"{team}-route", paths = new[] { $"/{team}" } }));
            Assert.Equal(201, await StatusAsync(api, HttpMethod.Post, $"/routes/{team}-route/plugins", AdminToken, new { name = "correlation-id" }));
        }
    }

    private static async Task<int> StatusAsync(RunningAdminApi api, HttpMethod method, string path, string token, object? body = null)
    {
        using var response = await SendAsync(api, method, path, token, body);
        return (int)response.StatusCode;
    }

    private static async Task<IEnumerable<string>> NamesAsync(RunningAdminApi api, string path, string token) =>
        (await GetAsync(api, path, token))["data"]!.AsArray().Select(entity => (string)entity!["name"]!).Order(StringComparer.Ordinal).ToList();
}
