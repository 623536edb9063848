using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Local;

/// <summary>The few calls that the local topology makes to its control plane's Admin API.</summary>
internal sealed class LocalAdmin(HttpClient http, Uri admin)
{
    /// <summary>Loads the sample, unless the control plane has a configuration from an earlier run: that one is the user's.</summary>
    public async Task LoadSampleAsync(string file, LocalPorts ports, CancellationToken cancellationToken)
    {
        var services = await http.GetFromJsonAsync<JsonObject>(new Uri(admin, "/services?size=1"), cancellationToken);
        if (services?["data"] is JsonArray { Count: > 0 })
        {
            return;
        }

        // The sample names the targets at their usual ports.
        var usual = new LocalPorts(LocalPorts.Default);
        var text = (await File.ReadAllTextAsync(file, cancellationToken))
            .Replace($":{usual.FirstTarget}", $":{ports.FirstTarget}", StringComparison.Ordinal)
            .Replace($":{usual.SecondTarget}", $":{ports.SecondTarget}", StringComparison.Ordinal);
        using var content = new StringContent(text, Encoding.UTF8, "application/yaml");
        using var response = await http.PostAsync(new Uri(admin, "/config"), content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new LocalException($"the control plane refused {file}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>What <c>/clustering/data-planes</c> lists, null while the control plane does not answer.</summary>
    public async Task<IReadOnlyList<DataPlaneStatus>?> ReadDataPlanesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.GetFromJsonAsync<JsonObject>(new Uri(admin, "/clustering/data-planes"), cancellationToken);
            return answer?["data"] is JsonArray data
                ? [.. data.OfType<JsonObject>().Select(DataPlaneStatus.From)]
                : [];
        }
        catch (Exception away) when (away is HttpRequestException || (away is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
