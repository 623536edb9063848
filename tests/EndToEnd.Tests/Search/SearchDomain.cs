using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests.Search;

/// <summary>
/// A stand-in for OpenSearch Service that is stricter than it: it recomputes the signature, refuses members that it does not know, and a change of a policy that was not read first. It
/// answers in OpenSearch's own spelling, with what OpenSearch adds.
/// </summary>
internal sealed class SearchDomain : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Region = "eu-central-1";

    private const string Roles = "/_plugins/_security/api/roles/";
    private const string Mappings = "/_plugins/_security/api/rolesmapping/";
    private const string Policies = "/_plugins/_ism/policies/";
    private const string Templates = "/_index_template/";

    private readonly WebApplication _application;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonObject> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sequences = new(StringComparer.Ordinal);
    private readonly List<string> _writes = [];
    private int _sequence;

    private SearchDomain(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    /// <summary>The paths that were written, with their queries.</summary>
    public IReadOnlyList<string> Writes
    {
        get
        {
            lock (_gate)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>Whether the domain's policies refuse the caller.</summary>
    public bool Refuses { get; set; }

    /// <summary>How many requests are answered by 503 first.</summary>
    public int Unavailable { get; set; }

    /// <summary>What someone else does right before a write is taken; given the path.</summary>
    public Action<string>? BeforeWrite { get; set; }

    public static async Task<SearchDomain> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add($"http://127.0.0.1:{port}");
        var domain = new SearchDomain(application);
        application.Run(domain.AnswerAsync);
        await application.StartAsync();
        return domain;
    }

    public JsonObject Stored(string path)
    {
        lock (_gate)
        {
            return (JsonObject)_stored[path].DeepClone();
        }
    }

    /// <summary>Changes something as another administrator would.</summary>
    public void Change(string path, Action<JsonObject> change)
    {
        lock (_gate)
        {
            change(_stored[path]);
            _sequences[path] = ++_sequence;
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy);
        var (status, body) = Answer(context.Request, copy.ToArray());
        context.Response.StatusCode = (int)status;
        await context.Response.WriteAsJsonAsync(body);
    }

    private (HttpStatusCode Status, JsonObject Body) Answer(HttpRequest request, byte[] body)
    {
        if (SignatureVersion4.Problem(request, body, KeyId, Secret, Region, "es") is { } problem)
        {
            return (HttpStatusCode.Forbidden, new() { ["message"] = $"The request signature we calculated does not match the signature you provided: {problem}." });
        }

        if (Refuses)
        {
            return (HttpStatusCode.Forbidden, new() { ["Message"] = "User: arn:aws:sts::111111111111:assumed-role/other/pod is not authorized\nbecause no identity-based policy allows it." });
        }

        var path = request.Path.Value!;
        if (Unavailable > 0)
        {
            Unavailable--;
            return (HttpStatusCode.ServiceUnavailable, new() { ["message"] = "no nodes" });
        }

        if (request.Method == "PUT")
        {
            BeforeWrite?.Invoke(path);
        }

        lock (_gate)
        {
            return request.Method switch
            {
                "GET" => Get(path),
                "PUT" => Put(path, request, JsonNode.Parse(body)!.AsObject()),
                _ => (HttpStatusCode.MethodNotAllowed, new() { ["error"] = "method" }),
            };
        }
    }

    private (HttpStatusCode Status, JsonObject Body) Get(string path)
    {
        if (!_stored.TryGetValue(path, out var stored))
        {
            return (HttpStatusCode.NotFound, new() { ["status"] = "NOT_FOUND", ["message"] = "Resource not found." });
        }

        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        var copy = (JsonObject)stored.DeepClone();
        return (HttpStatusCode.OK, path switch
        {
            _ when path.StartsWith(Policies, StringComparison.Ordinal) => new()
            {
                ["_id"] = name,
                ["_version"] = 1,
                ["_seq_no"] = _sequences[path],
                ["_primary_term"] = 1,
                ["policy"] = WithWhatIsAdded(copy, name),
            },
            _ when path.StartsWith(Templates, StringComparison.Ordinal) => new() { ["index_templates"] = new JsonArray(new JsonObject { ["name"] = name, ["index_template"] = InItsSpelling(copy) }) },
            _ => new() { [name] = Secured(copy) },
        });
    }

    private (HttpStatusCode Status, JsonObject Body) Put(string path, HttpRequest request, JsonObject body)
    {
        var isPolicy = path.StartsWith(Policies, StringComparison.Ordinal);
        if (isPolicy && _sequences.TryGetValue(path, out var sequence)
            && (request.Query["if_seq_no"] != sequence.ToString(CultureInfo.InvariantCulture) || request.Query["if_primary_term"] != "1"))
        {
            return (HttpStatusCode.Conflict, new() { ["error"] = new JsonObject { ["reason"] = "version conflict" }, ["status"] = 409 });
        }

        if (Unknown(path, body) is { } unknown)
        {
            return (HttpStatusCode.BadRequest, new() { ["error"] = new JsonObject { ["reason"] = $"unknown field [{unknown}]" }, ["status"] = 400 });
        }

        var isNew = !_stored.ContainsKey(path);
        _stored[path] = (JsonObject)(isPolicy ? body["policy"]! : body).DeepClone();
        _sequences[path] = ++_sequence;
        _writes.Add(path + request.QueryString);
        return (isNew ? HttpStatusCode.Created : HttpStatusCode.OK, new() { ["status"] = isNew ? "CREATED" : "OK" });
    }

    private static string? Unknown(string path, JsonObject body)
    {
        string[] known = path switch
        {
            _ when path.StartsWith(Roles, StringComparison.Ordinal) => ["description", "cluster_permissions", "index_permissions", "tenant_permissions"],
            _ when path.StartsWith(Mappings, StringComparison.Ordinal) => ["description", "backend_roles", "and_backend_roles", "hosts", "users"],
            _ when path.StartsWith(Policies, StringComparison.Ordinal) => ["policy"],
            _ when path.StartsWith(Templates, StringComparison.Ordinal) => ["index_patterns", "template", "priority", "data_stream", "composed_of", "version", "_meta"],
            _ => [],
        };
        return body.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name))
            ?? (body["policy"] as JsonObject)?.Select(member => member.Key).FirstOrDefault(name => name is not ("description" or "default_state" or "states" or "ism_template" or "error_notification"));
    }

    private static JsonObject Secured(JsonObject stored)
    {
        stored["reserved"] = false;
        stored["hidden"] = false;
        if (stored["backend_roles"] is JsonArray roles)
        {
            stored["backend_roles"] = new JsonArray([.. roles.Reverse().Select(role => role!.DeepClone())]);
            stored["hosts"] = new JsonArray();
            stored["users"] = new JsonArray();
            stored["and_backend_roles"] = new JsonArray();
        }
        else
        {
            stored["static"] = false;
            stored["tenant_permissions"] = new JsonArray();
        }

        return stored;
    }

    private static JsonObject WithWhatIsAdded(JsonObject policy, string name)
    {
        policy["policy_id"] = name;
        policy["last_updated_time"] = 1577990761311;
        policy["schema_version"] = 21;
        policy["error_notification"] = null;
        foreach (var action in policy["states"]!.AsArray().SelectMany(state => state!["actions"]!.AsArray()))
        {
            action!["retry"] = JsonSerializer.SerializeToNode(new { count = 3, backoff = "exponential", delay = "1m" });
        }

        foreach (var template in policy["ism_template"]?.AsArray() ?? [])
        {
            template!["last_updated_time"] = 1577990761311;
        }

        return policy;
    }

    private static JsonObject InItsSpelling(JsonObject template)
    {
        if (template["template"]?["settings"] is JsonObject settings)
        {
            template["template"]!["settings"] = new JsonObject { ["index"] = new JsonObject(settings.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value!.ToString()))) };
        }

        template["composed_of"] = new JsonArray();
        return template;
    }
}
