using System.Text.Json.Nodes;

namespace Gateway.Model.OpenApi;

/// <summary>A service for each address that the document names.</summary>
internal sealed class ImportedServices(OpenApiDocument document, KongExtensions extensions)
{
    // By address: the document's own first.
    private readonly OrderedDictionary<string, JsonObject> _services = new(StringComparer.Ordinal);

    public IEnumerable<JsonObject> All => _services.Values;

    /// <param name="name">Its name where it is new; a number is added where another one has it.</param>
    public JsonObject At(Uri address, string name)
    {
        if (_services.TryGetValue(address.ToString(), out var known))
        {
            return known;
        }

        var unique = name;
        for (var i = 2; _services.Values.Any(other => (string?)other["name"] == unique); i++)
        {
            unique = $"{name}-{i}";
        }

        var service = new JsonObject { ["name"] = unique, ["protocol"] = address.Scheme, ["host"] = address.Host, ["port"] = address.Port };
        extensions.AddDefaults(service, "x-kong-service-defaults", "name", "protocol", "host", "port", "path");
        if (address.AbsolutePath.TrimEnd('/') is { Length: > 0 } path)
        {
            service["path"] = path;
        }

        if (document.Root["x-kong-tags"] is JsonArray tags)
        {
            service["tags"] = tags.DeepClone();
        }

        _services.Add(address.ToString(), service);
        return service;
    }
}
