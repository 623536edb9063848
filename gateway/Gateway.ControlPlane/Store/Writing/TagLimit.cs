using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>
/// Holds a transaction to tags: everything that it touched belonged to them before and belongs to them after, keeps its tag, and refers to nothing new that does not belong to them. Checked
/// where every write passes, whatever endpoint it came through.
/// </summary>
internal sealed class TagLimit(WriteSession session, IReadOnlyList<string> tags)
{
    /// <returns>Null, or which entity is outside.</returns>
    public async Task<ConfigurationError?> CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, change) in session.Touched.ToList())
        {
            var before = Parse(change.Before);
            var after = Parse(change.After);
            if (before is not null && !await TagScope.HoldsAsync(key.Kind, before, tags, (kind, id) => FindAsync(kind, id, before: true, cancellationToken)))
            {
                return ConstraintErrors.OutsideTags(key, tags);
            }

            if (after is not null && await CheckAfterAsync(key, before, after, cancellationToken) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private async Task<ConfigurationError?> CheckAfterAsync(EntityKey key, JsonObject? before, JsonObject after, CancellationToken cancellationToken)
    {
        var foreigns = EntityTables.Of(key.Kind).Foreigns;
        // A plugin without a scope is everybody's, whatever tag it has.
        if (key.Kind is EntityKinds.Plugins && foreigns.All(foreign => TagScope.ReferenceOf(after, foreign) is null))
        {
            return ConstraintErrors.GlobalPlugin(key, tags);
        }

        if (before is not null && TagScope.HasTag(before, tags) && !TagScope.HasTag(after, tags))
        {
            return ConstraintErrors.TagNotKept(key, tags);
        }

        if (!await TagScope.HoldsAsync(key.Kind, after, tags, (kind, id) => FindAsync(kind, id, before: false, cancellationToken)))
        {
            return ConstraintErrors.TagNotKept(key, tags);
        }

        foreach (var target in ReferencesOf(key.Kind, after).Except(before is null ? [] : ReferencesOf(key.Kind, before)))
        {
            if (await FindAsync(target.Kind, target.Id, before: false, cancellationToken) is { } entity
                && !await TagScope.HoldsAsync(target.Kind, entity, tags, (kind, parent) => FindAsync(kind, parent, before: false, cancellationToken)))
            {
                return ConstraintErrors.OutsideTags(target, tags);
            }
        }

        return null;
    }

    private static IEnumerable<EntityKey> ReferencesOf(string kind, JsonObject entity)
    {
        foreach (var foreign in EntityTables.Of(kind).Foreigns)
        {
            if (TagScope.ReferenceOf(entity, foreign) is { } id)
            {
                yield return new EntityKey(foreign.TargetKind, id);
            }
        }

        foreach (var (list, target) in EntitySchemas.Find(kind)?.ListReferences ?? [])
        {
            foreach (var id in WriteSession.IdsIn(entity, list.Name))
            {
                yield return new EntityKey(target, id);
            }
        }
    }

    private async Task<JsonObject?> FindAsync(string kind, Guid id, bool before, CancellationToken cancellationToken)
    {
        if (session.FindTouched(new EntityKey(kind, id)) is { } change)
        {
            return Parse(before ? change.Before : change.After);
        }

        return await EntityTables.Of(kind).FindAsync(session.Context, id, cancellationToken) is { } row ? (JsonObject)JsonNode.Parse(row.Document)! : null;
    }

    private static JsonObject? Parse(byte[]? canonical) => canonical is null ? null : (JsonObject)JsonNode.Parse(canonical)!;
}
