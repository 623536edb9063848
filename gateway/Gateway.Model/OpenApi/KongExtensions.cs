using System.Text.Json.Nodes;

namespace Gateway.Model.OpenApi;

/// <summary>What a document says in decK's <c>x-kong-…</c> fields.</summary>
internal sealed class KongExtensions(OpenApiDocument document, List<ModelError> errors)
{
    private const string PluginPrefix = "x-kong-plugin-";

    /// <summary>Refuses those that are neither plugins nor among <paramref name="known"/>.</summary>
    public void Check(JsonObject holder, string where, params string[] known)
    {
        foreach (var (name, _) in holder.Where(member => member.Key.StartsWith("x-kong-", StringComparison.Ordinal)))
        {
            if (!name.StartsWith(PluginPrefix, StringComparison.Ordinal) && !known.Contains(name, StringComparer.Ordinal))
            {
                errors.Add(new ModelError(where + name, "not supported by this version", string.Join(", ", known.Append(PluginPrefix + "NAME"))));
            }
        }
    }

    /// <summary>The plugins that a holder has, as entities.</summary>
    public JsonArray Plugins(JsonObject holder, string where)
    {
        var plugins = new JsonArray();
        foreach (var (field, value) in holder.Where(member => member.Key.StartsWith(PluginPrefix, StringComparison.Ordinal)))
        {
            if (document.Resolve(value, where + field, errors) is { } plugin)
            {
                var entry = new JsonObject { ["name"] = field[PluginPrefix.Length..] };
                foreach (var (name, inner) in plugin)
                {
                    entry[name] = inner?.DeepClone();
                }

                plugins.Add(entry);
            }
        }

        return plugins;
    }

    /// <summary>Adds what the document says of all services, or of all routes; what it says of each by other words (<paramref name="own"/>) is refused.</summary>
    public void AddDefaults(JsonObject entity, string extension, params string[] own)
    {
        foreach (var (field, value) in document.Root[extension] as JsonObject ?? [])
        {
            if (own.Contains(field, StringComparer.Ordinal))
            {
                errors.Add(new ModelError($"{extension}.{field}", "is what the document itself says"));
            }
            else
            {
                entity[field] = value?.DeepClone();
            }
        }
    }
}
