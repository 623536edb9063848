using Pulumi.Offline.Generator.Emit;
using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Check;

/// <summary>Every public type that the schemas allow, by full name.</summary>
internal sealed class ExpectedSurface
{
    private readonly Dictionary<string, ExpectedType> _types = new(StringComparer.Ordinal);

    public ExpectedSurface(IEnumerable<PackageSchema> packages)
    {
        foreach (var package in packages)
        {
            Add(package);
        }
    }

    public ExpectedType? Find(string fullName) => _types.GetValueOrDefault(fullName);

    private void Add(PackageSchema package)
    {
        var naming = new PackageNaming(package);
        var types = new PackageTypes(package);
        foreach (var (type, shape) in types.Objects)
        {
            var checksRequired = shape is TypeShape.Input or TypeShape.FunctionInput or TypeShape.FunctionOutputInput;
            Add(naming.Object(type.Token, shape), type.Token, type.Properties, checksRequired);
        }

        foreach (var resource in package.Resources.Append(package.Provider))
        {
            Add(naming.Resource(resource.Token), resource.Token, resource.Outputs, checksRequired: false, typeToken: resource.Token);
            Add(naming.Args(resource.Token), resource.Token, resource.Inputs, checksRequired: true);
            if (resource.State is not null)
            {
                Add(naming.State(resource.Token), resource.Token, resource.State, checksRequired: false);
            }
        }

        foreach (var function in package.Functions)
        {
            var name = naming.Function(function.Token);
            Add(name, function.Token, [], checksRequired: false, typeToken: function.Token);
            Add(name with { Name = $"{name.Name}Result" }, function.Token, function.Outputs, checksRequired: false);
            if (function.Inputs.Count > 0)
            {
                Add(name with { Name = $"{name.Name}Args" }, function.Token, function.Inputs, checksRequired: true);
                Add(name with { Name = $"{name.Name}InvokeArgs" }, function.Token, function.Inputs, checksRequired: true);
            }
        }

        foreach (var enumeration in types.Enumerations)
        {
            _types.Add(
                naming.Enumeration(enumeration.Token).FullName,
                new ExpectedType(
                    enumeration.Token,
                    TypeToken: null,
                    new Dictionary<string, SchemaProperty>(StringComparer.Ordinal),
                    ChecksRequired: false,
                    enumeration.Values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal)));
        }
    }

    private void Add(TypeName name, string token, IEnumerable<SchemaProperty> properties, bool checksRequired, string? typeToken = null)
        => _types.Add(name.FullName, new ExpectedType(token, typeToken, properties.ToDictionary(property => property.Name, StringComparer.Ordinal), checksRequired));
}
