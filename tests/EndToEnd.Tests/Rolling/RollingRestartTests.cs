using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Executable;
using EndToEnd.Tests.Faults;
using Hybrid.Testing;

namespace EndToEnd.Tests.Rolling;

/// <summary>
/// Restarts of data planes in turn, and changes all the while, beneath clients that call all the time. <c>./hybrid test rolling</c> does it at length: 10,000 changes and 20 rounds.
/// </summary>
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const int DataPlanes = 2;
    private const int Clients = 8;

    private static readonly int Changes = Setting("ROLLING_CHANGES", 200);
    private static readonly int Rounds = Setting("ROLLING_ROUNDS", 2);

    [Fact]
    public async Task Rolling_restarts_and_changes_of_the_configuration_lose_no_request()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("one");
        await gateway.StartAsync(gateway.ControlPlane("one"));
        await using var upstream = new Upstream(gateway.Ports + 150);
        await gateway.PostAsync("/services", $$"""{"name":"a","url":"http://127.0.0.1:{{gateway.Ports + 150}}"}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"called","paths":["/called"]}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"changed","paths":["/changed"]}""");
        var planes = new RunningProcess[DataPlanes];
        for (var i = 0; i < DataPlanes; i++)
        {
            planes[i] = await gateway.StartAsync(DataPlane(gateway, i));
        }

        using var load = new BalancedLoad(
            new Uri("/called", UriKind.Relative),
            [.. Enumerable.Range(0, DataPlanes).Select(gateway.Proxy)],
            [.. Enumerable.Range(0, DataPlanes).Select(index => new Uri($"http://127.0.0.1:{gateway.Ports + 110 + (10 * index)}/status/ready"))]);
        using var stop = new CancellationTokenSource();
        var calls = load.RunAsync(Clients, stop.Token);
        var changes = ChangeAsync(gateway);

        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < DataPlanes; i++)
            {
                await gateway.StopAsync(planes[i]);
                planes[i] = await gateway.StartAsync(DataPlane(gateway, i));
                var index = i;
                await Eventually.TrueAsync(() => load.IsInRotation(index));
            }
        }

        await changes;
        for (var i = 0; i < DataPlanes; i++)
        {
            var index = i;
            await Eventually.TrueAsync(async () =>
            {
                using var last = await gateway.Http.GetAsync(new Uri(gateway.Proxy(index), $"/changed-{Changes}"));
                return last.IsSuccessStatusCode;
            });
        }

        await stop.CancelAsync();
        await calls;
        output.WriteLine($"{load.Served} requests served during {Changes} changes and {Rounds} rounds of restarts");
        Assert.Empty(load.Failed);
        Assert.InRange(load.Served, 100, long.MaxValue);
    }

    private static async Task ChangeAsync(GatewayInstallation gateway)
    {
        for (var change = 1; change <= Changes; change++)
        {
            using var response = await gateway.Http.PatchAsJsonAsync(
                new Uri(gateway.Admin, "/routes/changed"), new JsonObject { ["paths"] = new JsonArray($"/changed-{change}") });
            response.EnsureSuccessStatusCode();
        }
    }

    // Long enough for the probe to notice.
    private static Dictionary<string, string?> DataPlane(GatewayInstallation gateway, int index) =>
        new(gateway.DataPlane(index, "one", gateway.Ports + 5, gateway.Ports + 6)) { ["GATEWAY_SHUTDOWN_DELAY"] = "2" };

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } said ? int.Parse(said, CultureInfo.InvariantCulture) : otherwise;
}
