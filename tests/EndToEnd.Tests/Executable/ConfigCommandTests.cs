using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary><c>gateway config sync</c> and <c>diff</c>, against a real control plane.</summary>
public sealed class ConfigCommandTests : IAsyncDisposable
{
    private const string Base = """
        _format_version: "3.0"
        services:
          - name: echo
            host: echo.test
            routes:
              - name: echo
                paths: [/echo]
        plugins:
          - name: correlation-id
        """;

    private readonly GatewayInstallation _gateway = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sync_waits_for_its_control_plane_makes_one_revision_and_the_next_time_none()
    {
        await _gateway.PrepareAsync("on-prem");
        Directory.CreateDirectory(_gateway.PathOf("base"));
        await File.WriteAllTextAsync(_gateway.PathOf("base/base.yaml"), Base, Token);
        var waiting = RunningProcess.Start(
            "dotnet", [GatewayInstallation.Program, "config", "sync", _gateway.PathOf("base"), "--admin-url", _gateway.Admin.ToString(), "--select-tag", "base", "--wait", "120"]);
        await using var sync = waiting;
        await sync.LineAsync(line => line.Contains("does not answer", StringComparison.Ordinal));

        await _gateway.StartAsync(_gateway.ControlPlane("on-prem"));

        Assert.Equal(0, await sync.ExitCodeAsync());
        Assert.Equal(
            ["create services/echo", "create routes/echo", "create plugins/correlation-id", "revision 2: 3 changes"],
            sync.Lines.Where(line => !line.StartsWith("gateway: ", StringComparison.Ordinal)));

        var again = await RunAsync("sync", "base", "--select-tag", "base");
        Assert.Equal((0, "nothing to change; revision 2"), (again.ExitCode, again.Output.TrimEnd()));
    }

    [Fact]
    public async Task What_administrators_made_stays_and_a_difference_is_shown_before_it_is_made()
    {
        await StartAsync();
        await _gateway.PostAsync("/services", """{"name":"by-hand","host":"by-hand.test"}""");
        await WriteAsync("base.yaml", Base);
        Assert.Equal(0, (await RunAsync("sync", "base.yaml", "--select-tag", "base")).ExitCode);

        await WriteAsync("base.yaml", Base.Replace("host: echo.test", "host: other.test", StringComparison.Ordinal).Replace("- name: correlation-id", "[]", StringComparison.Ordinal));
        var diff = await RunAsync("diff", "base.yaml", "--select-tag", "base");
        Assert.Equal((2, "update services/echo (host)\n  host: \"echo.test\" → \"other.test\"\ndelete plugins/correlation-id\n2 changes"), (diff.ExitCode, diff.Output.ReplaceLineEndings("\n").TrimEnd()));
        Assert.Equal("echo.test", (string?)(await GetAsync("/services/echo"))["host"]);

        Assert.Equal(0, (await RunAsync("sync", "base.yaml", "--select-tag", "base")).ExitCode);
        Assert.Equal("other.test", (string?)(await GetAsync("/services/echo"))["host"]);
        Assert.Equal("by-hand.test", (string?)(await GetAsync("/services/by-hand"))["host"]);
        Assert.Equal(0, (await RunAsync("diff", "base.yaml", "--select-tag", "base")).ExitCode);
    }

    [Fact]
    public async Task An_error_names_file_entity_and_field()
    {
        await StartAsync();
        await WriteAsync("one.yaml", Base);
        await WriteAsync("two.yaml", "{_format_version: '3.0', services: [{name: a, host: a.test}, {name: b, host: b.test, port: 70000}]}");

        var run = await GatewayInstallation.RunAsync(null, "config", "sync", _gateway.PathOf("one.yaml"), _gateway.PathOf("two.yaml"), "--admin-url", _gateway.Admin.ToString(), "--select-tag", "base");

        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith($"gateway: {_gateway.PathOf("two.yaml")}: services[1].port: ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--select-tag: without it nothing says what the files own", "base.yaml")]
    [InlineData("--all: the files own what has certain tags", "base.yaml", "--all", "--select-tag", "base")]
    [InlineData("--wait: 9999 is out of range", "base.yaml", "--all", "--wait", "9999")]
    [InlineData("does not answer", "base.yaml", "--all", "--wait", "0")]
    [InlineData("empty: there is no declarative file in it", "empty", "--all")]
    [InlineData("missing.yaml: no such file or folder", "missing.yaml", "--all")]
    public async Task What_cannot_work_is_one_line(string problem, string path, params string[] options)
    {
        await WriteAsync("base.yaml", Base);
        Directory.CreateDirectory(_gateway.PathOf("empty"));

        var run = await RunAsync("sync", path, options);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_base_configuration_of_every_environment_is_one_that_the_gateway_takes()
    {
        await StartAsync();
        var folders = Directory.GetDirectories(Repository.PathOf("stacks", "base"));
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            var run = await GatewayInstallation.RunAsync(null, "config", "diff", folder, "--admin-url", _gateway.Admin.ToString(), "--select-tag", "base");
            Assert.True(run.ExitCode is 2, run.Error);
        }
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private async Task StartAsync()
    {
        await _gateway.PrepareAsync("on-prem");
        await _gateway.StartAsync(_gateway.ControlPlane("on-prem"));
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_gateway.PathOf(name), text, Token);

    private Task<FinishedProcess> RunAsync(string verb, string path, params string[] options) =>
        GatewayInstallation.RunAsync(null, ["config", verb, _gateway.PathOf(path), "--admin-url", _gateway.Admin.ToString(), .. options]);

    private async Task<JsonObject> GetAsync(string path) => (await _gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(_gateway.Admin, path), Token))!;
}
