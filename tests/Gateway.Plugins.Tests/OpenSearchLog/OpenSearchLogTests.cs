using System.Net;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.OpenSearchLog;

public sealed class OpenSearchLogTests
{
    [Fact]
    public async Task Each_request_becomes_one_document_of_the_data_stream()
    {
        await using var target = await BulkTarget.StartAsync();
        await using var harness = await StartAsync(target);

        for (var i = 0; i < 25; i++)
        {
            await harness.GetAsync($"/x/{i}");
        }

        await Eventually.TrueAsync(() => target.Documents.Count == 25);
        Assert.Empty(target.Problems);
        Assert.All(target.Requests, static request => Assert.Equal("POST /gateway-requests/_bulk", request));
        Assert.True(target.Requests.Count < 25);
        Assert.Equal(Enumerable.Range(0, 25).Select(static i => $"/x/{i}"), target.Documents.Select(static document => (string)document["request"]!["uri"]!));
        Assert.Matches("^2026-05-17T10:20:[0-9.]+Z$", (string)target.Documents[0]["@timestamp"]!);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task An_index_and_basic_authentication_are_as_good(string compression)
    {
        await using var target = await BulkTarget.StartAsync();
        target.Authorization = "Basic d3JpdGVyOnNlY3JldA==";
        await using var harness = await StartAsync(target, ("index", "logs-1"), ("auth", "basic"), ("username", "writer"), ("password", "secret"), ("compression", compression));

        await harness.GetAsync();

        await Eventually.TrueAsync(() => target.Documents.Count == 1);
        Assert.Equal(["POST /logs-1/_bulk"], target.Requests);
        Assert.Empty(target.Problems);
    }

    [Fact]
    public async Task Requests_to_AWS_are_signed_each_time_that_they_are_sent()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", BulkTarget.KeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", BulkTarget.Secret);
        await using var target = await BulkTarget.StartAsync();
        target.Signed = true;
        target.Refusals.Enqueue(HttpStatusCode.TooManyRequests);
        await using var harness = await StartAsync(target, ("auth", "aws"), ("region", "eu-central-1"));

        await harness.GetAsync();

        await Eventually.TrueAsync(() => target.Documents.Count == 1);
        Assert.Empty(target.Problems);
        Assert.Equal(2, target.Requests.Count);
    }

    [Fact]
    public async Task Of_a_batch_only_what_was_too_much_is_sent_again_and_what_is_wrong_is_dropped_and_counted()
    {
        await using var target = await BulkTarget.StartAsync();
        target.StatusOf = static (number, document) => ((string)document["request"]!["uri"]!)[^1] switch { '3' => 400, _ when number is 2 or 5 or 7 => number == 7 ? 503 : 429, _ => 201 };
        await using var harness = await StartAsync(target, ("queue", new JsonObject { ["max_batch_size"] = 10, ["max_coalescing_delay"] = 3600 }));

        for (var i = 0; i < 10; i++)
        {
            await harness.GetAsync($"/x/{i}");
        }

        await Eventually.TrueAsync(() => target.Documents.Count == 9);
        Assert.Equal(13, target.Seen);
        Assert.DoesNotContain(target.Documents, static document => (string)document["request"]!["uri"]! == "/x/3");
        Assert.Equal(1, harness.Plane.Metric("gateway.log.dropped", ("plugin", "opensearch-log"), ("reason", "refused")));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_whole_refusal_is_tried_again(HttpStatusCode status)
    {
        await using var target = await BulkTarget.StartAsync();
        target.Refusals.Enqueue(status);
        target.Refusals.Enqueue(status);
        await using var harness = await StartAsync(target);

        await harness.GetAsync();

        await Eventually.TrueAsync(() => target.Documents.Count == 1);
        Assert.Equal(3, target.Requests.Count);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_there_once()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Swallows = true;
        await using var harness = await StartAsync(target);

        await harness.GetAsync();
        await Eventually.TrueAsync(() => target.Seen >= 2);
        target.Swallows = false;
        await harness.GetAsync("/x/second");

        await Eventually.TrueAsync(() => target.Documents.Count == 2);
        Assert.Equal(0, harness.Plane.Metric("gateway.log.dropped"));
    }

    [Fact]
    public async Task Requests_are_as_long_as_the_receiver_takes_them()
    {
        await using var target = await BulkTarget.StartAsync();
        target.MaximumBytes = 100 * 1024;
        await using var harness = await StartAsync(target, ("queue", new JsonObject { ["max_batch_size"] = 40, ["max_coalescing_delay"] = 3600 }));

        for (var i = 0; i < 40; i++)
        {
            await harness.GetAsync($"/x/{i}", ("X-Long", new string('x', 20_000)));
        }

        await Eventually.TrueAsync(() => target.Documents.Count == 40);
        Assert.Equal(0, harness.Plane.Metric("gateway.log.dropped"));
    }

    [Fact]
    public async Task A_record_that_is_longer_than_any_request_may_be_is_dropped_and_counted()
    {
        await using var target = await BulkTarget.StartAsync();
        target.MaximumBytes = 10 * 1024;
        await using var harness = await StartAsync(target, ("queue", new JsonObject { ["max_batch_size"] = 3, ["max_coalescing_delay"] = 3600 }));

        await harness.GetAsync("/x/1");
        await harness.GetAsync("/x/2", ("X-Long", new string('x', 20_000)));
        await harness.GetAsync("/x/3");

        await Eventually.TrueAsync(() => target.Documents.Count == 2 && harness.Plane.Metric("gateway.log.dropped", ("reason", "too_large")) == 1);
    }

    [Fact]
    public async Task What_the_administrator_has_not_set_up_is_set_up_once()
    {
        await using var target = await BulkTarget.StartAsync();
        await using var harness = await StartAsync(target, ("setup", true), ("retention_days", 7));

        await harness.GetAsync("/x/1");
        await Eventually.TrueAsync(() => target.Documents.Count == 1);
        await harness.GetAsync("/x/2");
        await Eventually.TrueAsync(() => target.Documents.Count == 2);

        const string Policy = "/_plugins/_ism/policies/gateway-requests";
        const string Template = "/_index_template/gateway-requests";
        Assert.Equal([$"GET {Policy}", $"PUT {Policy}", $"GET {Template}", $"PUT {Template}"], target.Requests.Take(4));
        Assert.Equal("7d", (string?)target.Stored[Policy]["policy"]!["states"]![0]!["transitions"]![0]!["conditions"]!["min_index_age"]);
        Assert.NotNull(target.Stored[Template]["data_stream"]);
        Assert.Equal(2, target.Requests.Count(static request => request.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Requests_do_not_wait_and_memory_is_bounded_while_nobody_takes_records()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Always = HttpStatusCode.ServiceUnavailable;
        await using var harness = await StartAsync(target, ("queue", new JsonObject { ["max_batch_size"] = 5, ["max_entries"] = 10, ["initial_retry_delay"] = 30 }));

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(200, (await harness.GetAsync()).Status);
        }

        await Eventually.TrueAsync(() => harness.Plane.Metric("gateway.log.dropped", ("plugin", "opensearch-log"), ("reason", "queue_full")) >= 25);
    }

    internal static async Task<PluginHarness> StartAsync(BulkTarget target, params (string Name, JsonNode Value)[] config)
    {
        var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("opensearch-log", Config(target.Url, config));
        await harness.ApplyAsync();
        return harness;
    }

    internal static JsonObject Config(string url, params (string Name, JsonNode Value)[] config)
    {
        var all = new JsonObject { ["endpoint"] = url, ["auth"] = "none" };
        foreach (var (name, value) in config)
        {
            all[name] = value;
        }

        return all;
    }
}
