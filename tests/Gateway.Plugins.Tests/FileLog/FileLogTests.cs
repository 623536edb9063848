using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.FileLog;

public sealed class FileLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("file-log").FullName;

    [Fact]
    public async Task Each_request_is_a_line_and_two_plugins_share_a_file()
    {
        var path = Path.Combine(_folder, "access.log");
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("file-log", new JsonObject { ["path"] = path }, route: harness.Route);
        harness.Configuration.Plugin("file-log", new JsonObject { ["path"] = Path.Combine(_folder, ".", "access.log"), ["reopen"] = true });
        await harness.ApplyAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => harness.GetAsync(i % 2 == 0 ? $"/x/{i}" : $"/none/{i}")));
        await FlushAsync(harness);

        var uris = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Select(line => (string?)JsonNode.Parse(line)!["request"]!["uri"]);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? $"/x/{i}" : $"/none/{i}").Order(), uris.Order());
    }

    [Fact]
    public async Task Lines_are_appended_to_what_is_there()
    {
        var path = Path.Combine(_folder, "access.log");
        await File.WriteAllTextAsync(path, "before\n", TestContext.Current.CancellationToken);
        await using var harness = await PluginHarness.StartAsync("file-log", new JsonObject { ["path"] = path }.ToJsonString());

        await harness.GetAsync("/x");
        await FlushAsync(harness);

        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Equal("before", lines[0]);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_costs_requests_nothing()
    {
        await using var harness = await PluginHarness.StartAsync("file-log", new JsonObject { ["path"] = Path.Combine(_folder, "none", "a.log") }.ToJsonString());

        Assert.Equal(200, (await harness.GetAsync()).Status);
        await FlushAsync(harness);

        Assert.Equal(1, harness.Plane.Metric("gateway.log.dropped", ("plugin", "file-log")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The process ends when requests, their log phase and all queues have.
    private static Task FlushAsync(PluginHarness harness) => harness.Plane.StopAsync();
}
