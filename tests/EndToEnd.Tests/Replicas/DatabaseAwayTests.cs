using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Replicas;

public sealed class DatabaseAwayTests
{
    private const string MemoryHeader = "X-Gateway-Memory-Revision";

    [Fact]
    public async Task Reads_are_answered_from_memory_and_say_so_writes_are_refused_and_nothing_needs_a_restart()
    {
        await using var replicas = await TwoReplicas.StartAsync();
        var gateway = replicas.Gateway;
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1","tags":["x"]}""");
        await gateway.PostAsync("/services", """{"name":"b","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"r","paths":["/r"]}""");
        await gateway.PostAsync("/consumers", """{"username":"ada","custom_id":"42"}""");
        await gateway.PostAsync("/consumers/ada/key-auth", """{"key":"the-secret-key"}""");
        await replicas.AgreeAsync();
        string[] paths =
        [
            "/services", "/services?size=1", "/services?tags=x", "/services/a", "/services/a/routes", "/services/a/routes/r", "/routes/r", "/routes/r/service",
            "/consumers?custom_id=42", "/consumers/ada", "/consumers/ada/key-auth", "/key-auths", "/plugins", "/services/absent",
        ];
        var before = await ReadAsync(paths);
        Assert.All(before.Values, answer => Assert.Null(answer.Memory));

        await replicas.Postgres.StopAsync();

        var during = await ReadAsync(paths);
        foreach (var path in paths)
        {
            Assert.Equal((path, before[path].Status, before[path].Body), (path, during[path].Status, during[path].Body));
            Assert.Equal((path, "6"), (path, during[path].Memory));
        }

        Assert.DoesNotContain("the-secret-key", string.Concat(during.Values.Select(answer => answer.Body)), StringComparison.Ordinal);
        var next = (string)JsonNode.Parse(during["/services?size=1"].Body)!["next"]!;
        Assert.Single(JsonNode.Parse((await ReadAsync(next))[next].Body)!["data"]!.AsArray());
        using (var refused = await gateway.Http.PostAsJsonAsync(new Uri(gateway.Admin, "/services"), new { name = "c", url = "http://127.0.0.1:1" }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        using (var unmarked = await gateway.Http.GetAsync(new Uri(gateway.Admin, "/history")))
        {
            Assert.NotEqual(HttpStatusCode.OK, unmarked.StatusCode);
        }

        await replicas.Postgres.StartAsync();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await gateway.Http.PostAsJsonAsync(new Uri(gateway.Admin, "/services"), new { name = "c", url = "http://127.0.0.1:1" });
            return response.StatusCode is HttpStatusCode.Created;
        });
        Assert.Null((await ReadAsync("/services/c"))["/services/c"].Memory);
        await replicas.AgreeAsync();

        async Task<Dictionary<string, Answer>> ReadAsync(params string[] wanted)
        {
            var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
            foreach (var path in wanted)
            {
                using var response = await gateway.Http.GetAsync(new Uri(gateway.Admin, path));
                answers[path] = new Answer(
                    response.StatusCode,
                    await response.Content.ReadAsStringAsync(),
                    response.Headers.TryGetValues(MemoryHeader, out var values) ? values.Single() : null);
            }

            return answers;
        }
    }

    private sealed record Answer(HttpStatusCode Status, string Body, string? Memory);
}
