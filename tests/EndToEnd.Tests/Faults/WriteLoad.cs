using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace EndToEnd.Tests.Faults;

/// <summary>
/// Adds, changes and removes routes through the Admin API, one after the other, and knows of each what must be true in the end. A write whose answer did not come may have happened or not: its route is left
/// alone from then on, and asked for in the end.
/// </summary>
internal sealed class WriteLoad(HttpClient http, Uri admin, Random random)
{
    private readonly ConcurrentDictionary<string, string?> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncertain = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>Writes that were answered with success.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Answers that no fault of the network or of the database explains.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Route names with the path that each must have; null for a route that must be gone.</summary>
    public IReadOnlyDictionary<string, string?> Expected => _known;

    public async Task RunAsync(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            var present = _known.Where(route => route.Value is not null && !_uncertain.Contains(route.Key)).Select(route => route.Key).Order(StringComparer.Ordinal).ToArray();
            var choice = present.Length < 3 ? 0 : random.Next(3);
            var name = choice is 0 ? $"written-{++_next}" : present[random.Next(present.Length)];
            var path = choice is 2 ? null : $"/{name}-{random.Next(1_000_000)}";
            await WriteAsync(name, path, isNew: choice is 0);
        }
    }

    /// <summary>What became of the writes whose answers never came, asked when everything is well again.</summary>
    public async Task SettleAsync()
    {
        foreach (var name in _uncertain)
        {
            using var response = await http.GetAsync(new Uri(admin, $"/routes/{name}"));
            _known[name] = response.StatusCode is HttpStatusCode.NotFound ? null : await PathOfAsync(response);
        }
    }

    /// <summary>What the Admin API shows where it should show something else.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        var differences = new List<string>();
        foreach (var (name, path) in _known)
        {
            using var response = await http.GetAsync(new Uri(admin, $"/routes/{name}"));
            var found = response.StatusCode is HttpStatusCode.NotFound ? null : await PathOfAsync(response);
            if (!string.Equals(found, path, StringComparison.Ordinal))
            {
                differences.Add($"{name}: {found ?? "gone"} instead of {path ?? "gone"}");
            }
        }

        return differences;
    }

    private async Task WriteAsync(string name, string? path, bool isNew)
    {
        var what = isNew ? "POST" : path is null ? "DELETE" : "PATCH";
        try
        {
            using var response = what switch
            {
                "POST" => await http.PostAsJsonAsync(new Uri(admin, "/services/written/routes"), new { name, paths = new[] { path } }),
                "PATCH" => await http.PatchAsJsonAsync(new Uri(admin, $"/routes/{name}"), new { paths = new[] { path } }),
                _ => await http.DeleteAsync(new Uri(admin, $"/routes/{name}")),
            };
            if (response.IsSuccessStatusCode)
            {
                _known[name] = path;
                Acknowledged++;
                return;
            }

            if (response.StatusCode is not HttpStatusCode.ServiceUnavailable)
            {
                Wrong.Enqueue($"{what} {name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or TaskCanceledException)
        {
            // The control plane was killed, or is being: asked for in the end.
        }

        _known.TryAdd(name, null);
        _ = _uncertain.Add(name);
    }

    private static async Task<string?> PathOfAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("paths")[0].GetString();
    }
}
