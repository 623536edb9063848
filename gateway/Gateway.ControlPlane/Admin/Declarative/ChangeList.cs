using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary>What a load changes, for readers: which entities, and which of their fields; the values where somebody masks those that are secrets.</summary>
internal static class ChangeList
{
    /// <param name="presenter">Shows entities before and after; null where that is not asked for.</param>
    public static JsonArray Of(IEnumerable<KeyValuePair<EntityKey, PendingChange>> changes, EntityPresenter? presenter = null) => new([.. changes.Select(change =>
    {
        var described = Describe(change.Key, change.Value);
        if (presenter is not null)
        {
            described["before"] = change.Value.Before is { } before ? presenter.Show(change.Key.Kind, CanonicalForm.Read(before)) : null;
            described["after"] = change.Value.After is { } after ? presenter.Show(change.Key.Kind, CanonicalForm.Read(after)) : null;
        }

        return described;
    })]);

    public static JsonObject Describe(EntityKey key, PendingChange change)
    {
        var before = change.Before is null ? null : CanonicalForm.Read(change.Before);
        var after = change.After is null ? null : CanonicalForm.Read(change.After);
        var described = new JsonObject
        {
            ["action"] = before is null ? "create" : after is null ? "delete" : "update",
            ["kind"] = key.Kind,
            ["id"] = key.Id.ToString("D"),
        };
        if (Name(key.Kind, (after ?? before)!) is { } name)
        {
            described["name"] = name;
        }

        if (before is not null && after is not null)
        {
            var fields = new JsonArray();
            Compare("", before, after, fields);
            described["fields"] = fields;
        }

        return described;
    }

    // A plugin is known by what it does; an API key is never shown.
    private static string? Name(string kind, JsonObject entity) => kind switch
    {
        EntityKinds.Plugins => (string?)entity["instance_name"] ?? (string?)entity["name"],
        EntityKinds.KeyAuthCredentials => null,
        _ => EntitySchemas.For(kind).EndpointKey is { } field ? (string?)entity[field] : null,
    };

    private static void Compare(string prefix, JsonObject before, JsonObject after, JsonArray fields)
    {
        foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (prefix.Length is 0 && name is "created_at" or "updated_at" or "key_hash" || JsonNode.DeepEquals(before[name], after[name]))
            {
                continue;
            }

            if (before[name] is JsonObject old && after[name] is JsonObject now)
            {
                Compare($"{prefix}{name}.", old, now, fields);
            }
            else
            {
                fields.Add(prefix + name);
            }
        }
    }
}
