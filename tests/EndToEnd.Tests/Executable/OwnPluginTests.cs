using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>The template's plugin: made by <c>dotnet new</c>, compiled against the gateway, loaded by real processes.</summary>
public sealed class OwnPluginTests
{
    [Fact]
    public async Task A_plugin_made_from_the_template_is_known_to_the_control_plane_and_runs_on_the_data_plane()
    {
        await using var gateway = new GatewayInstallation();
        var plugins = await PublishAsync(gateway);
        await gateway.PrepareAsync("cloud");
        await gateway.StartAsync(new(gateway.ControlPlane("cloud")) { ["GATEWAY_PLUGINS_PATH"] = plugins });
        await gateway.StartAsync(new(gateway.DataPlane(0, "cloud", gateway.Ports + 5, gateway.Ports + 6)) { ["GATEWAY_PLUGINS_PATH"] = plugins });
        await using var upstream = HttpUpstream.Start("hello");
        await gateway.PostAsync("/services", $$"""{"name":"pets","url":"{{upstream.Address}}"}""");
        await gateway.PostAsync("/services/pets/routes", """{"name":"loud","paths":["/loud"]}""");
        await gateway.PostAsync("/services/pets/routes", """{"name":"quiet","paths":["/quiet"]}""");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/schemas/plugins/shout"));
        using var invalid = await gateway.Http.PostAsJsonAsync(new Uri(gateway.Admin, "/routes/loud/plugins"), new { name = "shout", config = new { greeting = "hi", limit = 0 } });
        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        Assert.Contains("limit", await invalid.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await gateway.PostAsync("/routes/loud/plugins", """{"name":"shout","config":{"greeting":"hi"}}""");

        await Eventually.TrueAsync(async () => (await HeaderAsync(gateway, "/loud"))?.StartsWith("hi, request ", StringComparison.Ordinal) is true);
        Assert.Null(await HeaderAsync(gateway, "/quiet"));
        using var refused = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), "/loud?forbidden"));
        Assert.Equal((HttpStatusCode.Forbidden, "shout says no"), (refused.StatusCode, (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["message"]));
    }

    [Fact]
    public async Task What_cannot_be_loaded_keeps_the_process_from_starting_and_is_named()
    {
        await using var gateway = new GatewayInstallation();
        Directory.CreateDirectory(gateway.PathOf("plugins/Broken"));
        await File.WriteAllTextAsync(gateway.PathOf("plugins/Broken/Broken.dll"), "no assembly");
        Directory.CreateDirectory(gateway.PathOf("foreign/Hybrid.Testing"));
        File.Copy(typeof(Repository).Assembly.Location, gateway.PathOf("foreign/Hybrid.Testing/Hybrid.Testing.dll"));
        Directory.CreateDirectory(gateway.PathOf("empty/Missing"));

        foreach (var (folder, problem) in new[]
        {
            ("plugins", "Broken.dll: it is no .NET assembly"), ("foreign", "Hybrid.Testing.dll: it does not say which contract it was written for"), ("empty", "Missing.dll: there is no such file"), ("nowhere", "there is no such folder"),
        })
        {
            var run = await GatewayInstallation.RunAsync(new Dictionary<string, string?> { ["GATEWAY_PLUGINS_PATH"] = gateway.PathOf(folder) }, "settings");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        }
    }

    private static async Task<string> PublishAsync(GatewayInstallation gateway)
    {
        var hive = gateway.PathOf("templates");
        var source = gateway.PathOf("source");
        var plugins = gateway.PathOf("own");
        await DotnetAsync("new", "install", Repository.PathOf("gateway", "templates", "plugin"), "--debug:custom-hive", hive);
        await DotnetAsync("new", "gateway-plugin", "--name", "Shout", "--pluginName", "shout", "--output", source, "--debug:custom-hive", hive);
        await DotnetAsync("publish", source, "-c", "Release", "-o", Path.Combine(plugins, "Shout"), $"-p:GatewayFolder={Path.GetDirectoryName(GatewayInstallation.Program)}", "-warnaserror");
        return plugins;
    }

    private static async Task DotnetAsync(params string[] arguments)
    {
        var run = await RunningProcess.RunAsync("dotnet", arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Output}{run.Error}");
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayInstallation gateway, string path)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Admin, path));
        return response.StatusCode;
    }

    private static async Task<string?> HeaderAsync(GatewayInstallation gateway, string path)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), path));
        return response.Headers.TryGetValues("X-My-Plugin", out var values) ? values.Single() : null;
    }
}
