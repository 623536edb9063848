using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>Gives every entity of a file its id and turns references by name into references by id.</summary>
internal sealed class References(IReadOnlyList<RawEntity> entities, List<ModelError> errors)
{
    private readonly Dictionary<(string Kind, string Name), Guid> _byName = [];
    private readonly Dictionary<Guid, string> _paths = [];

    /// <summary>Given ids first; the others from what identifies the entity to a reader, so that the same file gives the same ids.</summary>
    public void AssignIds()
    {
        foreach (var raw in entities)
        {
            raw.Id = Given(raw) ?? DeterministicId.Of(raw.Kind, NaturalKey(raw));
            raw.Entity["id"] = raw.Id.ToString();
            if (!_paths.TryAdd(raw.Id, raw.Path))
            {
                errors.Add(new ModelError(raw.Path, $"the same entity as {_paths[raw.Id]}", "each once"));
            }

            if (EntitySchemas.For(raw.Kind).EndpointKey is { } key && Text(raw.Entity[key]) is { } name)
            {
                _byName.TryAdd((raw.Kind, name), raw.Id);
            }
        }
    }

    public void Resolve(RawEntity raw)
    {
        if (raw.Parent is not null)
        {
            if (raw.Entity[raw.Reference!] is not null)
            {
                errors.Add(new ModelError($"{raw.Path}.{raw.Reference}", $"is said by its place inside {raw.Parent.Path} already"));
            }

            raw.Entity[raw.Reference!] = new JsonObject { ["id"] = raw.Parent.Id.ToString() };
        }

        foreach (var field in EntitySchemas.For(raw.Kind).Fields.Where(field => field.Type is FieldType.Foreign && raw.Entity[field.Name] is not null))
        {
            if (Find(field.Reference!, raw.Entity[field.Name]!) is { } id)
            {
                raw.Entity[field.Name] = new JsonObject { ["id"] = id.ToString() };
            }
            else
            {
                errors.Add(new ModelError($"{raw.Path}.{field.Name}", $"invalid reference '{raw.Entity[field.Name]!.ToJsonString().Trim('"')}' (no such entity in '{field.Reference}')"));
                raw.Entity[field.Name] = new JsonObject { ["id"] = Guid.Empty.ToString() };
            }
        }
    }

    // "name", "id", {"name": …}, {"username": …} or {"id": …}
    private Guid? Find(string kind, JsonNode reference)
    {
        var text = reference switch
        {
            JsonObject { Count: 1 } named => Text(named.First().Value),
            _ => Text(reference),
        };
        return text is null ? null
            : _byName.TryGetValue((kind, text), out var id) ? id
            : Guid.TryParse(text, out var given) && entities.Any(entity => entity.Kind == kind && entity.Id == given) ? given
            : null;
    }

    private static Guid? Given(RawEntity raw) => Text(raw.Entity["id"]) is { } text && Guid.TryParse(text, out var id) ? id : null;

    private static string NaturalKey(RawEntity raw)
    {
        var schema = EntitySchemas.For(raw.Kind);
        var parent = raw.Parent is null ? Scope(raw) : raw.Parent.Id.ToString();
        return raw.Kind switch
        {
            // The key itself is secret, and an id is not.
            EntityKinds.KeyAuthCredentials => $"{parent}/{raw.Path[raw.Path.LastIndexOf('[')..]}",
            EntityKinds.Targets => $"{parent}/{Text(raw.Entity["target"])}",
            EntityKinds.Plugins => $"{parent}/{Text(raw.Entity["name"])}/{Text(raw.Entity["instance_name"])}",
            _ when schema.EndpointKey is { } key && Text(raw.Entity[key]) is { } name => name,
            _ => $"{parent}/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(CanonicalForm.Write(raw.Entity)))}",
        };
    }

    private static string Scope(RawEntity raw) => string.Join('/', EntitySchemas.For(raw.Kind).Fields
        .Where(field => field.Type is FieldType.Foreign && raw.Entity[field.Name] is not null)
        .Select(field => $"{field.Name}={raw.Entity[field.Name]!.ToJsonString()}"));

    private static string? Text(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : null;
}
