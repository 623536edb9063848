using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>One kind of entity: its fields and the rules between them.</summary>
public sealed class EntitySchema
{
    /// <summary>One of <see cref="Entities.EntityKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>In the order in which they are shown, <c>id</c> first.</summary>
    public required IReadOnlyList<FieldSchema> Fields { get; init; }

    /// <summary>The unique field that stands for the id in paths, such as <c>name</c>; null for none.</summary>
    public string? EndpointKey { get; init; }

    /// <summary>Rules that need more than one field; they see an entity whose fields are valid one by one.</summary>
    public IReadOnlyList<Func<JsonObject, IEnumerable<ModelError>>> Checks { get; init; } = [];

    /// <summary>Sets the fields of a valid entity that follow from others.</summary>
    public Action<JsonObject>? Complete { get; init; }

    /// <summary>What the input may say in another way, such as a service's <c>url</c>; applied to a copy before anything is looked at.</summary>
    public Func<JsonObject, IEnumerable<ModelError>>? Shorthand { get; init; }

    /// <summary>The fields where they depend on the entity, such as a plugin's config on its name; null where they do not.</summary>
    public Func<JsonObject, List<ModelError>, IReadOnlyList<FieldSchema>>? Specialise { get; init; }

    /// <summary>Arrays of other entities' ids: each field and the kind that it names.</summary>
    public IEnumerable<(FieldSchema Field, string Kind)> ListReferences => Fields.Where(list => list.Elements?.Reference is not null).Select(list => (list, list.Elements!.Reference!));

    public FieldSchema? Find(string field) => Fields.FirstOrDefault(candidate => candidate.Name == field);

    /// <summary>
    /// Completes and validates: all errors, or the whole entity with every field present, null where it has no value. Neither argument is changed.
    /// </summary>
    /// <param name="existing">What stands, for <see cref="NormaliseMode.Update"/> and <see cref="NormaliseMode.Upsert"/>; null where nothing does.</param>
    public NormaliseResult Normalise(JsonObject input, NormaliseMode mode, JsonObject? existing, TimeProvider time)
    {
        var errors = new List<ModelError>();
        var changes = input.DeepClone().AsObject();
        if (Shorthand is not null)
        {
            errors.AddRange(Shorthand(changes));
            if (errors.Count > 0)
            {
                return new NormaliseResult(null, errors);
            }
        }

        var updates = mode is NormaliseMode.Update && existing is not null;
        var named = updates ? RecordNormaliser.Merge(Fields, existing!, changes) : changes;
        var fields = Specialise?.Invoke(named, errors) ?? Fields;
        var entity = updates && Specialise is not null ? RecordNormaliser.Merge(fields, existing!, changes) : named;
        SetOwnFields(entity, mode, existing, time);
        var normalised = RecordNormaliser.Normalise(fields, entity, "", errors);
        if (errors.Count == 0)
        {
            errors.AddRange(Checks.SelectMany(check => check(normalised)));
        }

        if (errors.Count > 0)
        {
            return new NormaliseResult(null, errors);
        }

        Complete?.Invoke(normalised);
        return new NormaliseResult(normalised, []);
    }

    private static void SetOwnFields(JsonObject entity, NormaliseMode mode, JsonObject? existing, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        entity["id"] ??= existing?["id"]?.DeepClone() ?? Guid.NewGuid().ToString();

        // One spelling for one id: it is compared as text in places.
        if (JsonText.Of(entity["id"]) is { } text && Guid.TryParseExact(text, "D", out var id))
        {
            entity["id"] = id.ToString("D");
        }

        // Kong keeps some times in fractions of a second, and exports them.
        if (entity["created_at"] is { } created && created.GetValueKind() is JsonValueKind.Number && Math.Floor(FieldRules.Number(created)) is >= 0 and < long.MaxValue and var seconds)
        {
            entity["created_at"] = (long)seconds;
        }

        entity["created_at"] = existing?["created_at"]?.DeepClone() ?? (mode is NormaliseMode.Insert ? entity["created_at"]?.DeepClone() : null) ?? now;
        entity["updated_at"] = now;
    }
}
