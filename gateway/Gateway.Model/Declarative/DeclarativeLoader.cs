using System.Text.Json;
using System.Text.Json.Nodes;
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
            Collect(name, name, value, parent: null, reference: null);
        }

        // What is referred to comes first; the entities of a kind keep the order of the file.
        _raw.Sort((left, right) => (Order[left.Kind], left.Number).CompareTo((Order[right.Kind], right.Number)));
        var references = new References(_errors);
        foreach (var raw in _raw)
        {
            references.Add(raw);
        }

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
                // False says that credentials were hashed before they were exported: none of those that are read here ever is.
                case "_transform" when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
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

    private void Collect(string kind, string path, JsonNode? value, RawEntity? parent, string? reference)
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
            if (elements[i] is not JsonObject entity)
            {
                _errors.Add(new ModelError($"{path}[{i}]", "expected a record"));
                continue;
            }

            Add(kind, $"{path}[{i}]", entity.DeepClone().AsObject(), parent, reference);
        }
    }

    private void Add(string kind, string path, JsonObject entity, RawEntity? parent, string? reference)
    {
        entity.Remove("_comment");
        entity.Remove("_ignore");
        foreach (var other in OtherKinds.Inside(kind).Where(entity.ContainsKey).ToList())
        {
            Collect(other, $"{path}.{other}", Take(entity, other), parent: null, reference: null);
        }

        var inner = Nesting.All
            .Where(nesting => nesting.Parent == kind && entity.ContainsKey(nesting.Field))
            .Select(nesting => (nesting, Value: Take(entity, nesting.Field)))
            .ToList();
        if (kind is EntityKinds.Routes && _version is not "3.0")
        {
            MarkRegexPaths(entity);
        }

        var raw = new RawEntity(kind, path, entity, parent, reference, _raw.Count);
        _raw.Add(raw);
        foreach (var (nesting, value) in inner)
        {
            Collect(nesting.Kind, $"{path}.{nesting.Field}", value, raw, nesting.Reference);
        }
    }

    private static JsonNode? Take(JsonObject entity, string name)
    {
        var value = entity[name];
        entity.Remove(name);
        return value;
    }

    // Before 3.0 a path with characters that no plain path has was a regular expression; since then ~ says so.
    private static void MarkRegexPaths(JsonObject route)
    {
        if (route["paths"] is not JsonArray paths)
        {
            return;
        }

        for (var i = 0; i < paths.Count; i++)
        {
            if (JsonText.Of(paths[i]) is ['/', ..] path
                && path.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('/' or '.' or '-' or '_' or '~' or '%')))
            {
                paths[i] = "~" + path;
            }
        }
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
            if (raw.Kind is EntityKinds.KeyAuthCredentials && raw.Entity["key"] is null)
            {
                _errors.Add(new ModelError($"{raw.Path}.key", "required field missing"));
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
