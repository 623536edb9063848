using System.Net;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.OpenSearchLog;

public sealed class DiskBufferTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("records").FullName;

    [Fact]
    public async Task What_could_not_be_sent_is_sent_after_a_restart_in_its_order_and_nothing_is_there_twice()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Always = HttpStatusCode.ServiceUnavailable;
        await using (var harness = await StartAsync(target.Url))
        {
            await AskAsync(harness, 0, 20);
            await Eventually.TrueAsync(() => Kept() == 20);
        }

        target.Always = null;
        await using (var harness = await StartAsync(target.Url))
        {
            await AskAsync(harness, 20, 25);
            await Eventually.TrueAsync(() => target.Documents.Count == 25);
            Assert.Equal(0, harness.Plane.Metric("gateway.log.dropped"));
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(static i => $"/x/{i}"), target.Documents.Select(static document => (string)document["request"]!["uri"]!));
        Assert.Equal(0, Kept());
    }

    [Fact]
    public async Task What_waits_in_memory_when_the_process_ends_is_kept()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Always = HttpStatusCode.ServiceUnavailable;
        await using var harness = await StartAsync(target.Url, ("queue", new JsonObject { ["max_batch_size"] = 1000, ["max_coalescing_delay"] = 3600 }));
        await AskAsync(harness, 0, 7);

        await harness.Plane.StopAsync();

        Assert.Equal(7, Kept());
    }

    [Fact]
    public async Task A_change_of_configuration_loses_nothing()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Always = HttpStatusCode.ServiceUnavailable;
        await using var harness = await StartAsync(target.Url);
        await AskAsync(harness, 0, 5);
        await Eventually.TrueAsync(() => Kept() == 5);

        harness.Configuration.Plugin("opensearch-log", OpenSearchLogTests.Config(target.Url, ("buffer_path", _folder), ("timeout", 9000)), id: PluginId);
        await harness.ApplyAsync(2);
        await AskAsync(harness, 5, 10);
        target.Always = null;

        await Eventually.TrueAsync(() => target.Documents.Count == 10);
        Assert.Equal(10, target.Documents.Select(static document => (string)document["request"]!["uri"]!).Distinct().Count());
    }

    [Fact]
    public async Task Of_a_kept_batch_only_what_was_too_much_is_sent_again()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Refusals.Enqueue(HttpStatusCode.BadGateway);
        target.StatusOf = static (number, _) => number == 2 ? 429 : 201;
        await using var harness = await StartAsync(target.Url, ("queue", new JsonObject { ["max_batch_size"] = 4, ["max_coalescing_delay"] = 3600 }));

        await AskAsync(harness, 0, 4);

        await Eventually.TrueAsync(() => target.Documents.Count == 4 && Kept() == 0);
        Assert.Equal(5, target.Seen);
    }

    [Fact]
    public async Task Of_more_than_the_bound_the_oldest_are_dropped_and_counted()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Always = HttpStatusCode.ServiceUnavailable;
        await using var harness = await StartAsync(target.Url, ("buffer_max_bytes", 1024 * 1024), ("queue", new JsonObject { ["max_batch_size"] = 1 }));

        for (var i = 0; i < 60; i++)
        {
            await harness.GetAsync($"/x/{i}", ("X-Long", new string('x', 25_000)));
        }

        await Eventually.TrueAsync(() => Kept() + harness.Plane.Metric("gateway.log.dropped", ("reason", "buffer_full")) == 60);
        Assert.InRange(Kept(), 20, 42);
        Assert.True(Segments().Sum(static file => file.Length) <= 1024 * 1024);
        target.Always = null;
        await Eventually.TrueAsync(() => target.Documents.Count > 0 && Kept() == 0);
        Assert.Equal("/x/59", (string?)target.Documents[^1]["request"]!["uri"]);
    }

    [Fact]
    public async Task Damaged_records_are_dropped_and_counted_and_the_others_are_sent()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Always = HttpStatusCode.ServiceUnavailable;
        await using (var harness = await StartAsync(target.Url, ("queue", new JsonObject { ["max_batch_size"] = 1 })))
        {
            await AskAsync(harness, 0, 6);
            await Eventually.TrueAsync(() => Kept() == 6);
        }

        var files = Segments();
        File.WriteAllBytes(files[0].FullName, File.ReadAllBytes(files[0].FullName)[..^5]);
        var flipped = File.ReadAllBytes(files[2].FullName);
        flipped[^10] ^= 1;
        File.WriteAllBytes(files[2].FullName, flipped);
        File.WriteAllBytes(files[4].FullName, []);
        File.WriteAllText(Path.Combine(files[0].DirectoryName!, "0000000000000001-1.records.new"), "half");

        target.Always = null;
        await using var again = await StartAsync(target.Url);
        await Eventually.TrueAsync(() => target.Documents.Count == 3 && again.Plane.Metric("gateway.log.dropped", ("reason", "damaged")) == 3);
    }

    [Fact]
    public async Task Where_nothing_can_be_written_records_wait_in_memory()
    {
        await using var target = await BulkTarget.StartAsync();
        target.Refusals.Enqueue(HttpStatusCode.ServiceUnavailable);
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        await using var harness = await StartAsync(target.Url, ("buffer_path", Path.Combine(_folder, "file", "below")));

        await AskAsync(harness, 0, 1);

        await Eventually.TrueAsync(() => target.Documents.Count == 1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly Guid PluginId = Guid.NewGuid();

    private async Task<PluginHarness> StartAsync(string url, params (string Name, JsonNode Value)[] config)
    {
        var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("opensearch-log", OpenSearchLogTests.Config(url, [("buffer_path", _folder), .. config]), id: PluginId);
        await harness.ApplyAsync();
        return harness;
    }

    private static async Task AskAsync(PluginHarness harness, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Assert.Equal(200, (await harness.GetAsync($"/x/{i}")).Status);
        }
    }

    private FileInfo[] Segments() => [.. new DirectoryInfo(_folder).EnumerateFiles("*.records", SearchOption.AllDirectories).OrderBy(static file => file.Name, StringComparer.Ordinal)];

    private int Kept() => Segments().Sum(static file => int.Parse(file.Name.Split('-', '.')[1]));
}
