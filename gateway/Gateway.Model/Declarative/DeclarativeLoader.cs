using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Credentials;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>
/// Reads Kong's declarative format (<c>_format_version</c> 1.1, 2.1 and 3.0; YAML or JSON; nested or flat; references by name or id). Everything is
/// read and checked before anything is answered; nothing that the file says is dropped.
/// </summary>
public sealed class DeclarativeLoader
{
    private static readonly string[] Versions = ["1.1", "2.1", "3.0"];

    // Enough to work on: a file of another format would otherwise say the same thing a hundred thousand times.
    private const int MostErrors = 1000;

    private static readonly Dictionary<string, int> Order = EntitySchemas.All.Index().ToDictionary(item => item.Item.Kind, item => item.Index, StringComparer.Ordinal);

    private readonly List<ModelError> _errors = [];
    private readonly List<RawEntity> _raw = [];
    private readonly TimeProvider _time;
    private string _version = "";
    private bool _isHashed;

    private DeclarativeLoader(TimeProvider time) => _time = time;

    public static DeclarativeResult Load(string text, TimeProvider time)
    {
        JsonNode? root;
        try
        {
            root = YamlToJson.Read(text);
        }
        catch (FormatException problem)
        {
            return new DeclarativeResult([], [new ModelError("config", $"failed parsing declarative configuration: {problem.Message}")]);
        }

        return root is JsonObject file
            ? new DeclarativeLoader(time).Load(file)
            : new DeclarativeResult([], [new ModelError("config", "expected a declarative configuration", "a map with _format_version")]);
    }

    private DeclarativeResult Load(JsonObject file)
    {
        ReadHeader(file);
        if (_errors.Count > 0)
        {
            return new DeclarativeResult([], _errors);
        }

        foreach (var (name, value) in file.Where(member => !member.Key.StartsWith('_')))
        {
            Collect(name, name, value, parent: null, nested: null);
        }

        // What is referred to comes first; the entities of a kind keep the order of the file.
        _raw.Sort((left, right) => (Order[left.Kind], left.Number).CompareTo((Order[right.Kind], right.Number)));
        var references = new References(_errors);
        _raw.RemoveAll(raw => !references.Add(raw));

        // Also where something is wrong already: a reader wants all errors at once.
        var entities = Normalise();
        return new DeclarativeResult(_errors.Count == 0 ? entities : [], _errors);
    }

    private void ReadHeader(JsonObject file)
    {
        var version = file["_format_version"];
        _version = version?.GetValueKind() switch
        {
            JsonValueKind.String => JsonText.Of(version) ?? "",
            // YAML without quotes: 3.0 is a number there.
            JsonValueKind.Number => version.ToJsonString() is var number && number.Contains('.', StringComparison.Ordinal) ? number : number + ".0",
            _ => "",
        };
        if (!Versions.Contains(_version, StringComparer.Ordinal))
        {
            _errors.Add(new ModelError("_format_version", version is null ? "required field missing" : $"'{_version}' is not known", string.Join(", ", Versions)));
        }

        foreach (var (name, value) in file.Where(member => member.Key.StartsWith('_')))
        {
            switch (name)
            {
                case "_info" when value is JsonObject info && info["defaults"] is JsonObject { Count: > 0 }:
                    _errors.Add(new ModelError("_info.defaults", "not supported by this version"));
                    break;
                case "_format_version" or "_comment" or "_ignore" or "_info":
                    break;
                // False says that passwords were hashed before they were exported.
                case "_transform" when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                    _isHashed = value.GetValueKind() is JsonValueKind.False;
                    break;
                case "_transform":
                    _errors.Add(new ModelError(name, "expected a boolean"));
                    break;
                default:
                    _errors.Add(new ModelError(name, "unknown field", "_format_version, _transform, _comment, _ignore, _info"));
                    break;
            }
        }
    }

    private void Collect(string kind, string path, JsonNode? value, RawEntity? parent, NestedKind? nested)
    {
        if (OtherKinds.All.Contains(kind))
        {
            if (value is not (null or JsonArray { Count: 0 }))
            {
                _errors.Add(new ModelError(path, "not supported by this version"));
            }

            return;
        }

        if (EntitySchemas.Find(kind) is null)
        {
            _errors.Add(new ModelError(path, "unknown field", string.Join(", ", EntitySchemas.All.Select(schema => schema.Kind))));
            return;
        }

        if (value is not null and not JsonArray)
        {
            _errors.Add(new ModelError(path, "expected an array"));
            return;
        }

        var elements = value as JsonArray ?? [];
        for (var i = 0; i < elements.Count; i++)
        {
            var entity = nested is null ? elements[i]?.DeepClone() as JsonObject : nested.Read(elements[i]);
            if (entity is null)
            {
                _errors.Add(new ModelError($"{path}[{i}]", "expected a record"));
                continue;
            }

            Add(kind, $"{path}[{i}]", entity, parent, nested?.Reference);
        }
    }

    private void Add(string kind, string path, JsonObject entity, RawEntity? parent, string? reference)
    {
        entity.Remove("_comment");
        entity.Remove("_ignore");
        foreach (var other in OtherKinds.Inside(kind).Where(entity.ContainsKey).ToList())
        {
            Collect(other, $"{path}.{other}", Take(entity, other), parent: null, nested: null);
        }

        var inner = Nesting.All
            .Where(nesting => nesting.Parent == kind && entity.ContainsKey(nesting.Field))
            .Select(nesting => (nesting, Value: Take(entity, nesting.Field)))
            .ToList();
        OlderFormats.Update(_version, kind, entity);
        if (kind is EntityKinds.BasicAuthCredentials && _isHashed && JsonText.Of(entity["password"]) is { } password)
        {
            ReadHash(path, entity, password);
        }

        var raw = new RawEntity(kind, path, entity, parent, reference, _raw.Count);
        _raw.Add(raw);
        foreach (var (nesting, value) in inner)
        {
            Collect(nesting.Kind, $"{path}.{nesting.Field}", value, raw, nesting);
        }
    }

    private void ReadHash(string path, JsonObject credential, string password)
    {
        var hash = PasswordHash.OfKong(password) ?? password;
        if (!PasswordHash.IsHash(hash))
        {
            _errors.Add(new ModelError($"{path}.password", "is no hash, and _transform says that it is", "_transform: true where passwords are in clear"));
        }

        credential["password"] = hash;
    }

    private static JsonNode? Take(JsonObject entity, string name)
    {
        var value = entity[name];
        entity.Remove(name);
        return value;
    }

    private List<DeclarativeEntity> Normalise()
    {
        var entities = new List<DeclarativeEntity>();
        var unique = new Dictionary<(string Kind, string Field, string Value), string>();
        foreach (var raw in _raw)
        {
            if (_errors.Count >= MostErrors)
            {
                break;
            }

            var schema = EntitySchemas.For(raw.Kind);
            // Made where the Admin API gets none; a file would say something else each time it is loaded.
            if (schema.Fields.FirstOrDefault(field => field is { Auto: true, Required: true, Type: FieldType.String } && raw.Entity[field.Name] is null) is { } made)
            {
                _errors.Add(new ModelError($"{raw.Path}.{made.Name}", "required field missing"));
                continue;
            }

            var result = schema.Normalise(raw.Entity, NormaliseMode.Insert, existing: null, _time);
            _errors.AddRange(result.Errors.Select(error => error with { Field = error.Field == ModelError.Entity ? raw.Path : $"{raw.Path}.{error.Field}" }));
            if (result.Entity is { } entity)
            {
                CheckUnique(schema, raw, entity, unique);
                entities.Add(new DeclarativeEntity(raw.Kind, entity, raw.Path));
            }
        }

        return entities;
    }

    private void CheckUnique(EntitySchema schema, RawEntity raw, JsonObject entity, Dictionary<(string, string, string), string> seen)
    {
        foreach (var field in schema.Fields.Where(field => field.Unique && entity[field.Name] is not null))
        {
            if (!seen.TryAdd((raw.Kind, field.Name, entity[field.Name]!.GetValue<string>()), raw.Path))
            {
                var first = seen[(raw.Kind, field.Name, entity[field.Name]!.GetValue<string>())];
                _errors.Add(new ModelError($"{raw.Path}.{field.Name}", $"uniqueness violation: the same as in {first}"));
            }
        }
    }
}
