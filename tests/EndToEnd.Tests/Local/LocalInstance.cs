using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Local;

/// <summary>A topology of its own ports and folder, started with <c>up local --detach</c> and gone at the end.</summary>
public sealed class LocalInstance : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(10) };

    public string State => _folder.PathOf("state");

    public int PortsFrom { get; } = FreePorts.Base(0, 1, 5, 6, 7, 10, 81, 82, 100, 110);

    public Uri Admin => new($"http://localhost:{PortsFrom + 1}");

    /// <summary>on-prem, cloud.</summary>
    public IReadOnlyList<Uri> Proxies => [new($"http://localhost:{PortsFrom}"), new($"http://localhost:{PortsFrom + 10}")];

    public string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var up = await HybridScript.RunAsync("up", "local", "--detach", "--ports-from", $"{PortsFrom}", "--state", State);
        Assert.True(up.ExitCode == 0, up.Error + up.Output);
        Output = up.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await HybridScript.RunAsync("down", "local", "--state", State);
        Http.Dispose();
        _folder.Dispose();
    }

    public async Task<LocalStatus> StatusAsync()
    {
        var status = await HybridScript.RunAsync("status", "local", "--json", "--state", State);
        return LocalStatus.Parse(status.Output);
    }

    public async Task StartAsync(string part)
    {
        var start = await HybridScript.RunAsync("start", "local", part, "--state", State);
        Assert.True(start.ExitCode == 0, start.Error);
    }

    public async Task KillAsync(string part)
    {
        var pid = (await StatusAsync()).Pid(part);
        RunningProcess.Send(pid, Signal.Kill);
        await Eventually.TrueAsync(() => !RunningProcess.IsRunning(pid));
    }

    public async Task<JsonObject> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(new Uri(Admin, path), body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"POST {path}: {response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A new service, and a route to it, that shows what reaches the upstream.</summary>
    public async Task<string> AddRouteAsync()
    {
        var name = $"echo-{Guid.NewGuid():N}";
        await PostAsync("/services", new { name, url = $"http://127.0.0.1:{PortsFrom + 81}/echo" });
        await PostAsync($"/services/{name}/routes", new { name, paths = new[] { $"/{name}" } });
        return $"/{name}";
    }

    public async Task<HttpStatusCode> GetAsync(Uri proxy, string path)
    {
        using var response = await Http.GetAsync(new Uri(proxy, path));
        return response.StatusCode;
    }

    /// <summary>The connected instances as the control plane lists them.</summary>
    public async Task<IReadOnlyList<JsonObject>> DataPlanesAsync()
    {
        var answer = await Http.GetFromJsonAsync<JsonObject>(new Uri(Admin, "/clustering/data-planes"), JsonSerializerOptions.Default);
        return [.. answer!["data"]!.AsArray().Select(item => item!.AsObject()).Where(item => (bool)item["connected"]!)];
    }
}
