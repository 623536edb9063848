using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>Staged releases and entities limited to sites, through real processes and the gateway's own command line.</summary>
public sealed class ReleaseTests
{
    private static readonly string[] Sites = ["on-prem", "cloud"];

    [Fact]
    public async Task A_stage_reaches_its_sites_alone_and_everyone_when_it_is_promoted()
    {
        await using var gateway = await StartAsync();
        await Serves(gateway, 0, "/first", HttpStatusCode.OK);
        await Serves(gateway, 1, "/first", HttpStatusCode.OK);

        await ReleaseAsync(gateway, "stage", "--sites", "ring=canary");
        await AddRouteAsync(gateway, "second");
        Assert.Contains("1 waiting: the stage of revision", await ReleaseAsync(gateway, "status"), StringComparison.Ordinal);
        Assert.Equal(1, (int)(await StatusAsync(gateway))["waiting_revisions"]!);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(gateway, 0, "/second"));

        var staged = await ReleaseAsync(gateway, "stage");
        Assert.Contains("at the sites with ring=canary: on-prem", staged, StringComparison.Ordinal);
        await Serves(gateway, 0, "/second", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(gateway, 1, "/second"));

        await ReleaseAsync(gateway, "promote");
        await Serves(gateway, 1, "/second", HttpStatusCode.OK);

        // And a release that turns out wrong later is taken back everywhere.
        var promoted = (long)(await StatusAsync(gateway))["released_revision"]!;
        await AddRouteAsync(gateway, "third");
        await Serves(gateway, 0, "/third", HttpStatusCode.OK);
        await Serves(gateway, 1, "/third", HttpStatusCode.OK);
        var back = await ReleaseAsync(gateway, "rollback", "--to", $"{promoted}", "--reason", "a test");
        Assert.Contains($"stable   revision {promoted} (held)", back, StringComparison.Ordinal);
        await Serves(gateway, 0, "/third", HttpStatusCode.NotFound);
        await Serves(gateway, 1, "/third", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, 1, "/second"));
    }

    [Fact]
    public async Task A_stage_that_a_staged_site_refuses_is_aborted_by_itself_and_stable_is_untouched()
    {
        await using var gateway = await StartAsync();
        await Serves(gateway, 0, "/first", HttpStatusCode.OK);
        await Serves(gateway, 1, "/first", HttpStatusCode.OK);
        var stable = (long)(await StatusAsync(gateway))["released_revision"]!;

        // Port 0 is a valid entity, as it is Kong's, and nothing that a data plane can call.
        await ReleaseAsync(gateway, "stage", "--sites", "ring=canary");
        await gateway.PostAsync("/services", """{"name":"nowhere","host":"127.0.0.1","port":0}""");
        await ReleaseAsync(gateway, "stage");

        await Eventually.TrueAsync(async () => (await ReleasesAsync(gateway))["stage"] is null);
        var releases = await ReleasesAsync(gateway);
        Assert.Equal((stable, true), ((long)releases["stable"]!["revision"]!, (bool)releases["stable"]!["held"]!));
        var abort = releases["moves"]![0]!;
        Assert.Equal(("aborted", "system"), ((string)abort["action"]!, (string)abort["principal"]!));
        Assert.Contains("0 is not a port", (string)abort["reason"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, 0, "/first"));

        // The correction goes out through a stage of its own.
        using var content = JsonContent.Create(new { port = 81 });
        using var patched = await gateway.Http.PatchAsync(new Uri(gateway.Admin, "/services/nowhere"), content);
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        await ReleaseAsync(gateway, "stage", "--sites", "ring=canary");
        await Eventually.TrueAsync(async () => (int)(await ReleasesAsync(gateway))["stage"]!["instances"]!["applied"]! == 1);
        Assert.Contains("0 waiting", await ReleaseAsync(gateway, "promote"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await StatusAsync(gateway))["data_planes"]!.AsObject().All(plane => (string)plane.Value!["sync_status"]! == "normal"));
    }

    [Fact]
    public async Task A_stage_whose_sites_answer_with_5xx_is_aborted_by_itself()
    {
        await using var gateway = await StartAsync();
        await Serves(gateway, 0, "/first", HttpStatusCode.OK);
        await ReleaseAsync(gateway, "stage", "--sites", "ring=canary", "--max-error-rise", "0.2", "--min-requests", "10");
        await gateway.PostAsync("/services", """{"name":"broken","url":"http://127.0.0.1:1","retries":0}""");
        await gateway.PostAsync("/services/broken/routes", """{"name":"broken","paths":["/first/broken"]}""");
        await ReleaseAsync(gateway, "stage");
        await Serves(gateway, 0, "/first/broken", HttpStatusCode.BadGateway);

        await Eventually.TrueAsync(async () =>
        {
            await GetAsync(gateway, 0, "/first/broken");
            return (await ReleasesAsync(gateway))["stage"] is null;
        });

        Assert.Contains("share of 5xx is", (string)(await ReleasesAsync(gateway))["moves"]![0]!["reason"]!, StringComparison.Ordinal);
        await Serves(gateway, 0, "/first/broken", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Several_control_planes_agree_on_a_stage_that_outlives_a_restart()
    {
        var (server, missing) = await PostgreSqlServer.TryStartAsync();
        Assert.SkipWhen(server is null, missing ?? "");
        await using var postgres = server;
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites);
        var one = OnPostgreSql(gateway.ControlPlane(Sites), postgres, await postgres.CreateDatabaseAsync());
        var other = new Dictionary<string, string?>(one);
        var ports = FreePorts.Base(0, 1, 2, 3);
        foreach (var (offset, setting) in ((string[])["ADMIN_LISTEN", "CLUSTER_LISTEN", "CLUSTER_TELEMETRY_LISTEN", "STATUS_LISTEN"]).Index())
        {
            other[$"GATEWAY_{setting}"] = $"127.0.0.1:{ports + offset}";
        }

        var first = await gateway.StartAsync(one);
        await gateway.StartAsync(other);
        await AddServiceAsync(gateway);
        await LabelAsync(gateway, "cloud", "canary");

        // The staged site hangs on the other control plane than the one that opens the stage.
        await gateway.StartAsync(gateway.DataPlane(0, "on-prem", gateway.Ports + 5, gateway.Ports + 6));
        await gateway.StartAsync(gateway.DataPlane(1, "cloud", ports + 1, ports + 2));
        await Serves(gateway, 1, "/first", HttpStatusCode.OK);
        await ReleaseAsync(gateway, "stage", "--sites", "ring=canary");
        await AddRouteAsync(gateway, "second");
        await ReleaseAsync(gateway, "stage");
        await Serves(gateway, 1, "/second", HttpStatusCode.OK);

        await gateway.StopAsync(first);
        await gateway.StartAsync(one);
        await AddRouteAsync(gateway, "third");
        var status = await StatusAsync(gateway);
        Assert.Equal((2, 1), ((int)status["head_revision"]! - (int)status["released_revision"]!, (int)status["waiting_revisions"]!));
        Assert.StartsWith("the stage of revision", (string)status["waiting_because"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(gateway, 0, "/second"));

        var promoted = await GatewayInstallation.RunAsync(null, "release", "promote", "--admin-url", $"http://127.0.0.1:{ports}");
        Assert.True(promoted.ExitCode == 0, promoted.Error);
        await Serves(gateway, 0, "/third", HttpStatusCode.OK);
        await Serves(gateway, 1, "/third", HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_entity_limited_to_a_label_is_served_only_where_the_site_has_it()
    {
        await using var gateway = await StartAsync();
        await gateway.PostAsync("/services", """{"name":"b","url":"http://127.0.0.1:1","tags":["sites:ring=canary"]}""");
        await gateway.PostAsync("/services/b/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/b/routes", """{"name":"limited","paths":["/limited"]}""");
        await AddRouteAsync(gateway, "open");

        await Serves(gateway, 0, "/limited", HttpStatusCode.OK);
        await Serves(gateway, 1, "/open", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(gateway, 1, "/limited"));

        await LabelAsync(gateway, "cloud", "canary");
        await Serves(gateway, 1, "/limited", HttpStatusCode.OK);
        await LabelAsync(gateway, "cloud", "outer");
        await Serves(gateway, 1, "/limited", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_command_says_in_one_line_what_is_wrong()
    {
        await using var gateway = await StartAsync();

        var promoted = await GatewayInstallation.RunAsync(null, "release", "promote", "--admin-url", gateway.Admin.ToString());
        var staged = await GatewayInstallation.RunAsync(null, "release", "stage", "--sites", "ring=none", "--admin-url", gateway.Admin.ToString());
        var unanswered = await GatewayInstallation.RunAsync(null, "release", "status", "--admin-url", "http://127.0.0.1:1");

        Assert.Equal((1, "gateway: nothing to promote: no stage is open, and every revision is released at once"), (promoted.ExitCode, promoted.Error.TrimEnd()));
        Assert.Equal(1, staged.ExitCode);
        Assert.Contains("no registered site has these labels", Assert.Single(staged.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(1, unanswered.ExitCode);
        Assert.StartsWith("gateway: the Admin API http://127.0.0.1:1/ does not answer", unanswered.Error, StringComparison.Ordinal);
    }

    /// <summary>A control plane, both data planes, and a route that all of them answer; the first site is labelled.</summary>
    private static async Task<GatewayInstallation> StartAsync()
    {
        var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites);
        await gateway.StartAsync(gateway.ControlPlane(Sites));
        await LabelAsync(gateway, "on-prem", "canary");
        await AddServiceAsync(gateway);
        for (var index = 0; index < Sites.Length; index++)
        {
            await gateway.StartAsync(gateway.DataPlane(index, Sites[index], gateway.Ports + 5, gateway.Ports + 6));
        }

        return gateway;
    }

    private static Dictionary<string, string?> OnPostgreSql(Dictionary<string, string?> settings, PostgreSqlServer postgres, string database) => new(settings)
    {
        ["GATEWAY_DATABASE"] = "postgres",
        ["GATEWAY_SQLITE_PATH"] = null,
        ["GATEWAY_PG_HOST"] = postgres.Host,
        ["GATEWAY_PG_PORT"] = $"{postgres.Port}",
        ["GATEWAY_PG_DATABASE"] = database,
        ["GATEWAY_PG_USER"] = PostgreSqlServer.User,
        ["GATEWAY_PG_SSL"] = "off",
    };

    private static async Task AddServiceAsync(GatewayInstallation gateway)
    {
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await AddRouteAsync(gateway, "first");
    }

    private static Task AddRouteAsync(GatewayInstallation gateway, string name) =>
        gateway.PostAsync("/services/a/routes", new JsonObject { ["name"] = name, ["paths"] = new JsonArray($"/{name}") }.ToJsonString());

    private static async Task LabelAsync(GatewayInstallation gateway, string site, string ring)
    {
        using var content = JsonContent.Create(new { labels = new { ring } });
        using var response = await gateway.Http.PatchAsync(new Uri(gateway.Admin, $"/clustering/sites/{site}"), content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>What the command prints.</summary>
    private static async Task<string> ReleaseAsync(GatewayInstallation gateway, params IReadOnlyList<string> arguments)
    {
        var run = await GatewayInstallation.RunAsync(null, ["release", .. arguments, "--admin-url", gateway.Admin.ToString()]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    private static Task Serves(GatewayInstallation gateway, int dataPlane, string path, HttpStatusCode status) =>
        Eventually.TrueAsync(async () => await GetAsync(gateway, dataPlane, path) == status, text: $"{Sites[dataPlane]} answers {path} with {status}");

    private static async Task<HttpStatusCode> GetAsync(GatewayInstallation gateway, int dataPlane, string path)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(dataPlane), path));
        return response.StatusCode;
    }

    private static async Task<JsonObject> StatusAsync(GatewayInstallation gateway) => (await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(gateway.Admin, "/clustering/status")))!;

    private static async Task<JsonObject> ReleasesAsync(GatewayInstallation gateway) => (await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(gateway.Admin, "/clustering/releases")))!;
}
