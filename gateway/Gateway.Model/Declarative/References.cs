using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>
/// Turns references by name into references by id and gives every entity of a file its id. Entities come in the order of <see cref="EntitySchemas.All"/>, so that
/// what is referred to has its id already, and an id does not depend on whether its entity was written nested or flat.
/// </summary>
internal sealed class References(List<ModelError> errors)
{
    private readonly Dictionary<(string Kind, string Name), Guid> _byName = [];
    private readonly Dictionary<(string Kind, Guid Id), string> _paths = [];
    private readonly Dictionary<(string Kind, string Key), int> _occurrences = [];

    /// <returns>False where the entity only repeats one: a file may say at both ends who is in a group.</returns>
    public bool Add(RawEntity raw)
    {
        Resolve(raw);
        ResolveLists(raw);
        raw.Id = Given(raw) ?? DeterministicId.Of(raw.Kind, NaturalKey(raw));
        raw.Entity["id"] ??= raw.Id.ToString("D");
        if (!_paths.TryAdd((raw.Kind, raw.Id), raw.Path))
        {
            if (raw is { Kind: EntityKinds.ConsumerGroupMembers, Parent: not null })
            {
                return false;
            }

            errors.Add(new ModelError(raw.Path, $"the same entity as {_paths[(raw.Kind, raw.Id)]}", "each once"));
        }

        if (EntitySchemas.For(raw.Kind).EndpointKey is { } key && JsonText.Of(raw.Entity[key]) is { } name)
        {
            _byName.TryAdd((raw.Kind, name), raw.Id);
        }

        return true;
    }

    private void Resolve(RawEntity raw)
    {
        if (raw.Parent is not null)
        {
            if (raw.Entity[raw.Reference!] is not null)
            {
                errors.Add(new ModelError($"{raw.Path}.{raw.Reference}", $"is said by its place inside {raw.Parent.Path} already"));
            }

            raw.Entity[raw.Reference!] = new JsonObject { ["id"] = raw.Parent.Id.ToString("D") };
        }

        foreach (var field in ForeignFields(raw).Where(field => raw.Parent is null || field.Name != raw.Reference))
        {
            if (Find(field.Reference!, raw.Entity[field.Name]!) is { } id)
            {
                raw.Entity[field.Name] = new JsonObject { ["id"] = id.ToString("D") };
            }
            else
            {
                errors.Add(new ModelError($"{raw.Path}.{field.Name}", $"invalid reference '{raw.Entity[field.Name]!.ToJsonString().Trim('"')}' (no such entity in '{field.Reference}')"));

                // One error is enough; nothing becomes of the file.
                raw.Entity[field.Name] = new JsonObject { ["id"] = Guid.Empty.ToString("D") };
            }
        }
    }

    // Ids alone, as in Kong; what is no id stays where it is, for its schema to refuse.
    private void ResolveLists(RawEntity raw)
    {
        foreach (var (field, kind) in EntitySchemas.For(raw.Kind).ListReferences)
        {
            var ids = raw.Entity[field.Name] as JsonArray ?? [];
            for (var i = 0; i < ids.Count; i++)
            {
                if (JsonText.Of(ids[i]) is { } text && Guid.TryParseExact(text, "D", out var id) && !_paths.ContainsKey((kind, id)))
                {
                    errors.Add(new ModelError($"{raw.Path}.{field.Name}[{i}]", $"invalid reference '{text}' (no such entity in '{kind}')"));
                }
            }
        }
    }

    // "name", "id", {"name": …}, {"username": …} or {"id": …}
    private Guid? Find(string kind, JsonNode reference)
    {
        var text = reference switch
        {
            JsonObject { Count: 1 } named when named.First() is var (field, value) && (field == "id" || field == EntitySchemas.For(kind).EndpointKey) => JsonText.Of(value),
            _ => JsonText.Of(reference),
        };
        return text is null ? null
            : _byName.TryGetValue((kind, text), out var id) ? id
            : Guid.TryParseExact(text, "D", out var given) && _paths.ContainsKey((kind, given)) ? given
            : null;
    }

    // An id that is not one stays where it is, for its schema to refuse.
    private static Guid? Given(RawEntity raw) => JsonText.Of(raw.Entity["id"]) is { } text && Guid.TryParseExact(text, "D", out var id) ? id : null;

    private string NaturalKey(RawEntity raw)
    {
        var scope = string.Join(':', ForeignFields(raw).Select(field => $"{field.Name}={raw.Entity[field.Name]!["id"]}"));
        return raw.Kind switch
        {
            // The key itself is secret, and an id is not: what counts is which of the consumer's it is.
            EntityKinds.KeyAuthCredentials => Numbered(raw.Kind, scope),
            EntityKinds.ConsumerGroupMembers => scope,
            EntityKinds.Acls => $"{scope}:{JsonText.Of(raw.Entity["group"])}",
            EntityKinds.Targets => $"{scope}:{TargetSchema.Complete(JsonText.Of(raw.Entity["target"]) ?? "")}",
            EntityKinds.Plugins => $"{scope}:{JsonText.Of(raw.Entity["name"])}:{JsonText.Of(raw.Entity["instance_name"])}",
            _ when EntitySchemas.For(raw.Kind).EndpointKey is { } key && JsonText.Of(raw.Entity[key]) is { Length: > 0 } name => name,

            // Without a name, an entity is what it says: the same as long as nobody changes it.
            _ => Numbered(raw.Kind, Convert.ToHexStringLower(SHA256.HashData(CanonicalForm.Write(raw.Entity)))),
        };
    }

    private string Numbered(string kind, string key)
    {
        var number = _occurrences.GetValueOrDefault((kind, key));
        _occurrences[(kind, key)] = number + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{key}:{number}");
    }

    private static IEnumerable<FieldSchema> ForeignFields(RawEntity raw) =>
        EntitySchemas.For(raw.Kind).Fields.Where(field => field.Type is FieldType.Foreign && field.Reference is not null && raw.Entity[field.Name] is not null);
}
