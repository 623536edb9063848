using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace Gateway.ControlPlane.Tests.Admin.OpenApi;

/// <summary>Schemas of an OpenAPI document, as a validator that is not ours reads them.</summary>
internal sealed partial class DocumentedSchema(JsonObject document)
{
    private const string Components = "#/components/schemas/";

    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _schemas = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a value, in words; empty where nothing is.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(JsonNode schema, string value)
    {
        var validator = await _schemas.GetOrAdd(schema.ToJsonString(), Parse);
        return [.. validator.Validate(value).Select(error => error.ToString())];
    }

    private Task<JsonSchema> Parse(string schema)
    {
        var whole = JsonNode.Parse(schema)!.AsObject();
        var definitions = new JsonObject();
        Collect(schema, definitions);
        if (definitions.Count > 0)
        {
            whole = new JsonObject { ["allOf"] = new JsonArray(whole), ["definitions"] = definitions };
        }

        return JsonSchema.FromJsonAsync(whole.ToJsonString().Replace(Components, "#/definitions/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    private void Collect(string text, JsonObject definitions)
    {
        foreach (var name in Reference().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal))
        {
            if (definitions.ContainsKey(name))
            {
                continue;
            }

            var target = document["components"]!["schemas"]![name];
            Assert.True(target is not null, $"{Components}{name} leads to nothing");
            definitions[name] = target.DeepClone();
            Collect(target.ToJsonString(), definitions);
        }
    }

    [GeneratedRegex("#/components/schemas/(?<name>[^\"]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
