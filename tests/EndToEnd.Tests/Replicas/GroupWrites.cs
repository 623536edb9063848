using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Replicas;

/// <summary>
/// Replaces one group of entities after the other through one replica, each in one transaction: a service and its routes, all of which carry the number of the write. Entities of a group with different
/// numbers are a write that was done by half.
/// </summary>
/// <param name="name">Of the group: nobody else writes it.</param>
internal sealed class GroupWrites(HttpClient http, Uri admin, string name)
{
    private const int Routes = 12;

    private readonly List<int> _possible = [];
    private int _number;

    /// <summary>Writes that were answered with success.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Writes that were sent and whose answers never came.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Answers that neither a kill nor the other replica explains.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Until it is stopped, or the replica is gone.</summary>
    public async Task RunAsync(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested && await WriteAsync(++_number))
        {
            // The next one.
        }
    }

    /// <summary>What is wrong with the group as a replica shows it; null where all of it is of one write, and that one may be the last.</summary>
    public async Task<string?> ProblemAsync(Uri replica)
    {
        var service = await http.GetFromJsonAsync<JsonObject>(new Uri(replica, $"/services/{name}"));
        var routes = (await http.GetFromJsonAsync<JsonObject>(new Uri(replica, $"/services/{name}/routes?size=1000")))!["data"]!.AsArray();
        var numbers = routes.Select(route => (string)route!["paths"]![0]!).Select(path => path[(path.LastIndexOf('-') + 1)..])
            .Append(((string)service!["path"]!)[1..]).Distinct(StringComparer.Ordinal).ToArray();
        return routes.Count != Routes ? $"{name} has {routes.Count} routes"
            : numbers.Length != 1 ? $"{name} is of the writes {string.Join(" and ", numbers)}"
            : !_possible.Contains(int.Parse(numbers[0], CultureInfo.InvariantCulture)) ? $"{name} is of the write {numbers[0]}, where only {string.Join(", ", _possible)} can be"
            : null;
    }

    /// <returns>Whether the replica is there.</returns>
    private async Task<bool> WriteAsync(int number)
    {
        var routes = Enumerable.Range(0, Routes).Select(route => $"{{ name: {name}-{route}, tags: [{name}], paths: [/{name}/{route}-{number}] }}");
        var file = $"_format_version: \"3.0\"\nservices:\n- {{ name: {name}, tags: [{name}], host: upstream.invalid, path: /{number}, routes: [{string.Join(", ", routes)}] }}\n";
        try
        {
            using var content = new StringContent(file, Encoding.UTF8, "text/yaml");
            using var response = await http.PostAsync(new Uri(admin, $"/config?select_tags={name}"), content);
            if (response.IsSuccessStatusCode)
            {
                Acknowledged++;
                _possible.Clear();
                _possible.Add(number);
            }
            else
            {
                Wrong.Add($"{name} {number}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }

            return true;
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ConnectionError)
        {
            // It was gone before this write began.
            return false;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // Killed meanwhile: this write happened or did not, all of it.
            Unanswered++;
            _possible.Add(number);
            return false;
        }
    }
}
