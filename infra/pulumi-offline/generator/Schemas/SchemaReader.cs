using System.Collections.Frozen;
using System.Text.Json;
using Pulumi.Offline.Generator.Naming;

namespace Pulumi.Offline.Generator.Schemas;

/// <summary>Reads provider schemas in Pulumi's format.</summary>
internal sealed class SchemaReader
{
    private const string TypePrefix = "#/types/";
    private static readonly string[] Packages = ["aws", "kubernetes", "tls"];

    private readonly JsonElement _root;
    private readonly FrozenSet<string> _enumerations;

    private SchemaReader(JsonElement root)
    {
        _root = root;
        _enumerations = Members(root, "types")
            .Where(type => type.Value.TryGetProperty("enum", out _))
            .Select(type => type.Name)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Reads <c>aws.json</c>, <c>kubernetes.json</c> and <c>tls.json</c>, each with its <c>NAME-additions.json</c> where there is one.</summary>
    /// <exception cref="FileNotFoundException">One of them is missing.</exception>
    /// <exception cref="InvalidDataException">An addition is there already.</exception>
    public static IReadOnlyList<PackageSchema> ReadAll(string directory)
        => [.. Packages.Select(package => Read(SchemaAdditions.Merge(Path.Combine(directory, $"{package}.json"), Path.Combine(directory, $"{package}-additions.json"))))];

    public static PackageSchema Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new SchemaReader(document.RootElement).ReadPackage();
    }

    private PackageSchema ReadPackage()
    {
        var name = _root.GetProperty("name").GetString()!;
        var csharp = _root.GetProperty("language").GetProperty("csharp");
        return new PackageSchema(
            name,
            _root.GetProperty("version").GetString()!,
            Members(csharp, "namespaces").ToFrozenDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal),
            ReadResource($"pulumi:providers:{name}", _root.GetProperty("provider")),
            [.. Members(_root, "resources").Select(entry => ReadResource(entry.Name, entry.Value)).OrderBy(resource => resource.Token, StringComparer.Ordinal)],
            [.. Members(_root, "functions").Where(IsCallable).Select(entry => ReadFunction(entry.Name, entry.Value)).OrderBy(function => function.Token, StringComparer.Ordinal)],
            Members(_root, "types")
                .Where(entry => !_enumerations.Contains(entry.Name))
                .ToFrozenDictionary(entry => entry.Name, entry => new SchemaObject(entry.Name, ReadProperties(entry.Value, "properties", "required")), StringComparer.Ordinal),
            Members(_root, "types")
                .Where(entry => _enumerations.Contains(entry.Name))
                .ToFrozenDictionary(entry => entry.Name, entry => ReadEnumeration(entry.Name, entry.Value), StringComparer.Ordinal));
    }

    /// <summary>Methods of a provider are no functions of their own.</summary>
    private static bool IsCallable(JsonProperty function) => !function.Name.StartsWith("pulumi:providers:", StringComparison.Ordinal);

    private SchemaResource ReadResource(string token, JsonElement resource) => new(
        token,
        resource.TryGetProperty("isComponent", out var component) && component.GetBoolean(),
        ReadProperties(resource, "inputProperties", "requiredInputs"),
        ReadProperties(resource, "properties", "required"),
        resource.TryGetProperty("stateInputs", out var state) ? ReadProperties(state, "properties", "required") : null,
        resource.TryGetProperty("aliases", out var aliases)
            ? [.. aliases.EnumerateArray().Select(alias => alias.GetProperty("type").GetString()!)]
            : []);

    private SchemaFunction ReadFunction(string token, JsonElement function) => new(
        token,
        function.TryGetProperty("inputs", out var inputs) ? ReadProperties(inputs, "properties", "required") : [],
        ReadProperties(function.GetProperty("outputs"), "properties", "required"));

    private static SchemaEnumeration ReadEnumeration(string token, JsonElement type) => new(
        token,
        [.. type.GetProperty("enum").EnumerateArray().Select(value =>
            new SchemaEnumerationValue(value.GetProperty("name").GetString()!, value.GetProperty("value").GetString()!))]);

    private List<SchemaProperty> ReadProperties(JsonElement owner, string properties, string required)
    {
        var names = owner.TryGetProperty(required, out var list)
            ? list.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        List<SchemaProperty> all =
        [
            .. Members(owner, properties)
                .Select(property => new SchemaProperty(
                    property.Name,
                    ReadType(property.Value),
                    names.Contains(property.Name),
                    property.Value.TryGetProperty("secret", out var secret) && secret.GetBoolean(),
                    property.Value.TryGetProperty("const", out var constant) ? constant.GetString() : null,
                    property.Value.TryGetProperty("language", out var language) ? language.GetProperty("csharp").GetProperty("name").GetString() : null))
                .OrderBy(property => property.Name, StringComparer.Ordinal),
        ];

        // Some objects list `$ref` both by that name, with a C# name, and as `ref`.
        all.RemoveAll(property => property.CSharpName is null && all.Exists(other => other.CSharpName == PackageNaming.Property(property)));
        return all;
    }

    private SchemaType ReadType(JsonElement type)
    {
        if (type.TryGetProperty("oneOf", out var alternatives))
        {
            return new SchemaType.Union([.. alternatives.EnumerateArray().Select(ReadType)]);
        }

        if (type.TryGetProperty("$ref", out var reference))
        {
            return ReadReference(reference.GetString()!);
        }

        return type.GetProperty("type").GetString() switch
        {
            "string" => new SchemaType.Text(),
            "boolean" => new SchemaType.Boolean(),
            "integer" => new SchemaType.Integer(),
            "number" => new SchemaType.Number(),
            "array" => new SchemaType.List(ReadType(type.GetProperty("items"))),
            "object" => new SchemaType.Map(type.TryGetProperty("additionalProperties", out var item) ? ReadType(item) : new SchemaType.Text()),
            var other => throw new InvalidDataException($"type: '{other}' is not a schema type; allowed: string, boolean, integer, number, array, object"),
        };
    }

    private SchemaType ReadReference(string reference) => reference switch
    {
        "pulumi.json#/Any" => new SchemaType.Any(),
        "pulumi.json#/Json" => new SchemaType.Json(),
        "pulumi.json#/Asset" => new SchemaType.Asset(),
        _ when reference.StartsWith(TypePrefix, StringComparison.Ordinal) => _enumerations.Contains(reference[TypePrefix.Length..])
            ? new SchemaType.Enumeration(reference[TypePrefix.Length..])
            : new SchemaType.Object(reference[TypePrefix.Length..]),
        _ => throw new InvalidDataException($"$ref: '{reference}' is not a known reference; allowed: {TypePrefix}…, pulumi.json#/Any, pulumi.json#/Json, pulumi.json#/Asset"),
    };

    private static IEnumerable<JsonProperty> Members(JsonElement owner, string name)
        => owner.TryGetProperty(name, out var members) ? members.EnumerateObject() : [];
}
