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
        this IEntitySource reader, EntityCollection collection, string key, Guid? parent, CancellationToken cancellationToken) =>
        FindAsync(
            collection,
            key,
            parent,
            (kind, id) => reader.FindAsync(kind, id, cancellationToken),
            (kind, field, value) => reader.FindByAsync(kind, field, value, cancellationToken));

    /// <inheritdoc cref="FindAsync(IEntitySource, EntityCollection, string, Guid?, CancellationToken)"/>
    public static Task<JsonObject?> FindAsync(
        this WriteSession session, EntityCollection collection, string key, Guid? parent, CancellationToken cancellationToken) =>
        FindAsync(
            collection,
            key,
            parent,
            (kind, id) => session.FindAsync(kind, id, cancellationToken),
            (kind, field, value) => session.FindByAsync(kind, field, value, cancellationToken));

    private static async Task<JsonObject?> FindAsync(
        EntityCollection collection, string key, Guid? parent, Func<string, Guid, Task<JsonObject?>> byId, Func<string, string, string, Task<JsonObject?>> byKey)
    {
        // As in Kong, what looks like an id is one.
        if (Guid.TryParseExact(key, "D", out var id))
        {
            return await byId(collection.Kind, id);
        }

        if (collection.Kind == EntityKinds.Certificates)
        {
            return await byKey(EntityKinds.Snis, "name", key) is { } sni ? await byId(collection.Kind, Guid.Parse((string)sni["certificate"]!["id"]!)) : null;
        }

        if (collection.KeyField is not { } field || (collection.HasScopedKey && parent is null))
        {
            return null;
        }

        if (!collection.HasScopedKey)
        {
            return await byKey(collection.Kind, field, key);
        }

        // The port of a target's address may be left out as it may when it is written.
        return await byKey(collection.Kind, field, $"{parent:D}:{key}")
            ?? (collection.Kind == EntityKinds.Targets ? await byKey(collection.Kind, field, $"{parent:D}:{key}:8000") : null);
    }
}
