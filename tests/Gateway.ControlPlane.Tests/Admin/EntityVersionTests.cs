using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>ETags of entities, and what <c>If-Match</c> and <c>If-None-Match</c> make of them, on whichever database.</summary>
public abstract class EntityVersionTests(StoreFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_and_a_read_show_the_same_version_which_changes_with_every_change()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        var created = await SendAsync(api, HttpMethod.Post, "/services", new { name = "petstore", host = "one.test", read_timeout = 1000 });
        var read = await SendAsync(api, HttpMethod.Get, "/services/petstore");
        var patched = await SendAsync(api, HttpMethod.Patch, "/services/petstore", new { host = "two.test" });
        var put = await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = "three.test" });
        var reread = await SendAsync(api, HttpMethod.Get, "/services/petstore");

        Assert.Equal(created.ETag, read.ETag);
        Assert.Equal(put.ETag, reread.ETag);
        Assert.Equal(3, new HashSet<string>(StringComparer.Ordinal) { created.ETag!, patched.ETag!, put.ETag! }.Count);
        Assert.Matches("^\"[0-9a-f]{32}\"$", created.ETag!);
        Assert.Null((await SendAsync(api, HttpMethod.Get, "/services")).ETag);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_stale_write_is_412_and_changes_nothing_and_a_fresh_one_goes_through(string method)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var stale = (await SendAsync(api, HttpMethod.Post, "/services", new { name = "petstore", host = "one.test" })).ETag!;
        var fresh = (await SendAsync(api, HttpMethod.Patch, "/services/petstore", new { host = "two.test" })).ETag!;
        var body = method is "DELETE" ? null : new { host = "three.test" };

        var refused = await SendAsync(api, new HttpMethod(method), "/services/petstore", body, ("If-Match", stale));
        Assert.Equal(412, refused.Status);
        Assert.Equal(("precondition failed", fresh), ((string?)refused.Body!["name"], (string?)refused.Body["fields"]!["@etag"]));
        Assert.Equal("two.test", (string?)(await SendAsync(api, HttpMethod.Get, "/services/petstore")).Body!["host"]);
        // By the strong comparison; and what cannot be read is no version.
        Assert.Equal(412, (await SendAsync(api, new HttpMethod(method), "/services/petstore", body, ("If-Match", $"W/{fresh}"))).Status);
        Assert.Equal(412, (await SendAsync(api, new HttpMethod(method), "/services/petstore", body, ("If-Match", "not-in-quotes"))).Status);

        var accepted = await SendAsync(api, new HttpMethod(method), "/services/petstore", body, ("If-Match", $"{stale}, {fresh}"));
        Assert.Equal(method is "DELETE" ? 204 : 200, accepted.Status);
    }

    [Fact]
    public async Task Create_only_and_change_only()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());

        Assert.Equal(412, (await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = "one.test" }, ("If-Match", "*"))).Status);
        Assert.Equal(412, (await SendAsync(api, HttpMethod.Delete, "/services/petstore", body: null, ("If-Match", "*"))).Status);
        Assert.Equal(404, (await SendAsync(api, HttpMethod.Patch, "/services/petstore", new { host = "one.test" }, ("If-Match", "*"))).Status);
        Assert.Equal(200, (await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = "one.test" }, ("If-None-Match", "*"))).Status);
        Assert.Equal(412, (await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = "two.test" }, ("If-None-Match", "*"))).Status);
        Assert.Equal(200, (await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = "two.test" }, ("If-Match", "*"))).Status);
        // Kong's semantics without either.
        Assert.Equal(200, (await SendAsync(api, HttpMethod.Put, "/services/petstore", new { host = "three.test" })).Status);
        Assert.Equal(204, (await SendAsync(api, HttpMethod.Delete, "/services/nothing")).Status);
    }

    [Fact]
    public async Task A_reader_that_has_the_version_gets_304()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var version = (await SendAsync(api, HttpMethod.Post, "/services", new { name = "petstore", host = "one.test" })).ETag!;

        var same = await SendAsync(api, HttpMethod.Get, "/services/petstore", body: null, ("If-None-Match", version));
        var other = await SendAsync(api, HttpMethod.Get, "/services/petstore", body: null, ("If-None-Match", "\"another\""));

        Assert.Equal((304, version), (same.Status, same.ETag));
        Assert.Equal(200, other.Status);
    }

    [Fact]
    public async Task Of_eight_that_change_the_same_version_at_once_one_succeeds()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var version = (await SendAsync(api, HttpMethod.Post, "/services", new { name = "petstore", host = "one.test" })).ETag!;

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            (await SendAsync(api, HttpMethod.Patch, "/services/petstore", new { host = $"writer-{i}.test" }, ("If-Match", version))).Status));

        Assert.Single(statuses, 200);
        Assert.Equal(7, statuses.Count(status => status is 412));
    }

    [Fact]
    public async Task A_secret_alone_changes_the_version()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await SendAsync(api, HttpMethod.Post, "/consumers", new { username = "alice" });
        var created = await SendAsync(api, HttpMethod.Post, "/consumers/alice/key-auth", new { key = "first" });
        var path = $"/key-auths/{(string)created.Body!["id"]!}";

        var read = await SendAsync(api, HttpMethod.Get, path);
        var changed = await SendAsync(api, HttpMethod.Patch, path, new { key = "second" });

        Assert.Equal(created.ETag, read.ETag);
        Assert.NotEqual(created.ETag, changed.ETag);
    }

    private static async Task<(int Status, string? ETag, JsonObject? Body)> SendAsync(
        RunningAdminApi api, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await api.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return ((int)response.StatusCode, response.Headers.ETag?.ToString(), text.Length is 0 ? null : (JsonObject)JsonNode.Parse(text)!);
    }
}
