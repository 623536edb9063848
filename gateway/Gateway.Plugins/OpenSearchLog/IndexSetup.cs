using System.Net;
using System.Text.Json.Nodes;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>Puts an index template and a lifecycle policy where there is none: once per process, and never over what an administrator has put there.</summary>
internal sealed class IndexSetup(HttpClient http, string target, bool isDataStream, int retentionDays)
{
    private volatile bool _isDone;

    /// <summary>What is missing; null where all is there.</summary>
    public async Task<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isDone)
        {
            return null;
        }

        // Whoever comes at the same time finds what is there, or is answered that it was put there meanwhile.
        var problem = await EnsureAsync($"/_plugins/_ism/policies/{target}", Policy(), cancellationToken)
            ?? await EnsureAsync($"/_index_template/{target}", Template(), cancellationToken);
        _isDone = problem is null;
        return problem;
    }

    private async Task<string?> EnsureAsync(string path, JsonObject definition, CancellationToken cancellationToken)
    {
        using var known = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (known.StatusCode != HttpStatusCode.NotFound)
        {
            return known.IsSuccessStatusCode ? null : $"GET {path} was answered {(int)known.StatusCode}";
        }

        using var content = new StringContent(definition.ToJsonString());
        content.Headers.ContentType = new("application/json");
        using var put = await http.PutAsync(new Uri(path, UriKind.Relative), content, cancellationToken);

        // 409: another data plane was faster.
        return put.IsSuccessStatusCode || put.StatusCode == HttpStatusCode.Conflict ? null : $"PUT {path} was answered {(int)put.StatusCode}";
    }

    private JsonObject Template()
    {
        var template = new JsonObject
        {
            ["index_patterns"] = new JsonArray(target),
            ["priority"] = 100,
            ["template"] = new JsonObject { ["mappings"] = Mappings() },
        };
        if (isDataStream)
        {
            template["data_stream"] = new JsonObject();
        }

        return template;
    }

    // Headers and queries are whatever clients send: as fields of their own they would soon be more than an index may have.
    private static JsonObject Mappings() => new()
    {
        ["properties"] = new JsonObject
        {
            ["@timestamp"] = new JsonObject { ["type"] = "date" },
            ["client_ip"] = new JsonObject { ["type"] = "ip" },
            ["request"] = new JsonObject { ["properties"] = new JsonObject { ["headers"] = Opaque(), ["querystring"] = Opaque() } },
            ["response"] = new JsonObject { ["properties"] = new JsonObject { ["headers"] = Opaque() } },
        },
    };

    private static JsonObject Opaque() => new() { ["type"] = "object", ["enabled"] = false };

    private JsonObject Policy() => new()
    {
        ["policy"] = new JsonObject
        {
            ["description"] = "Request logs of the gateway",
            ["default_state"] = "written",
            ["states"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "written",
                    ["actions"] = isDataStream ? new JsonArray(new JsonObject { ["rollover"] = new JsonObject { ["min_index_age"] = "1d", ["min_size"] = "30gb" } }) : [],
                    ["transitions"] = new JsonArray(new JsonObject { ["state_name"] = "deleted", ["conditions"] = new JsonObject { ["min_index_age"] = $"{retentionDays}d" } }),
                },
                new JsonObject { ["name"] = "deleted", ["actions"] = new JsonArray(new JsonObject { ["delete"] = new JsonObject() }), ["transitions"] = new JsonArray() }),
            ["ism_template"] = new JsonArray(new JsonObject { ["index_patterns"] = new JsonArray(isDataStream ? target : target + "*"), ["priority"] = 100 }),
        },
    };
}
