using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>Finds the entity that a path names, by id or by name.</summary>
internal static class EntityLookup
{
    /// <param name="parent">The id of what the entity lies below; null where the path says nothing of it.</param>
    public static Task<JsonObject?> FindAsync(
        this ConfigurationReader reader, EntityCollection collection, string key, Guid? parent, CancellationToken cancellationToken) =>
        FindAsync(
            collection,
            key,
            parent,
            id => reader.FindAsync(collection.Kind, id, cancellationToken),
            value => reader.FindByAsync(collection.Kind, collection.KeyField!, value, cancellationToken));

    /// <inheritdoc cref="FindAsync(ConfigurationReader, EntityCollection, string, Guid?, CancellationToken)"/>
    public static Task<JsonObject?> FindAsync(
        this WriteSession session, EntityCollection collection, string key, Guid? parent, CancellationToken cancellationToken) =>
        FindAsync(
            collection,
            key,
            parent,
            id => session.FindAsync(collection.Kind, id, cancellationToken),
            value => session.FindByAsync(collection.Kind, collection.KeyField!, value, cancellationToken));

    private static Task<JsonObject?> FindAsync(
        EntityCollection collection, string key, Guid? parent, Func<Guid, Task<JsonObject?>> byId, Func<string, Task<JsonObject?>> byKey)
    {
        // As in Kong, what looks like an id is one.
        if (Guid.TryParseExact(key, "D", out var id))
        {
            return byId(id);
        }

        if (collection.Kind == EntityKinds.Targets)
        {
            return parent is null ? Task.FromResult<JsonObject?>(null) : FindTargetAsync(key, parent.Value, byKey);
        }

        return collection.KeyField is null ? Task.FromResult<JsonObject?>(null) : byKey(key);
    }

    // A target's address is unique within its upstream; the port may be left out as it may when it is written.
    private static async Task<JsonObject?> FindTargetAsync(string address, Guid upstream, Func<string, Task<JsonObject?>> byKey) =>
        await byKey($"{upstream:D}:{address}") ?? await byKey($"{upstream:D}:{address}:8000");
}
