using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Which shapes of which objects a package's resources and functions need, followed through all references.</summary>
internal sealed class PackageTypes
{
    private readonly PackageSchema _package;
    private readonly HashSet<(string Token, TypeShape Shape)> _objects = [];
    private readonly HashSet<string> _enumerations = new(StringComparer.Ordinal);

    public PackageTypes(PackageSchema package)
    {
        _package = package;
        foreach (var resource in package.Resources.Append(package.Provider))
        {
            Add(resource.Inputs, TypeShape.Input);
            Add(resource.State ?? [], TypeShape.State);
            Add(resource.Outputs, TypeShape.Output);
        }

        foreach (var function in package.Functions)
        {
            Add(function.Inputs, TypeShape.FunctionInput);
            Add(function.Inputs, TypeShape.FunctionOutputInput);
            Add(function.Outputs, TypeShape.FunctionOutput);
        }
    }

    public IReadOnlyList<(SchemaObject Object, TypeShape Shape)> Objects =>
    [
        .. _objects
            .OrderBy(entry => entry.Token, StringComparer.Ordinal)
            .ThenBy(entry => entry.Shape)
            .Where(entry => !IsResourceArgs(entry.Token, entry.Shape))
            .Select(entry => (_package.Objects[entry.Token], entry.Shape)),
    ];

    public IReadOnlyList<SchemaEnumeration> Enumerations
        => [.. _enumerations.Order(StringComparer.Ordinal).Select(token => _package.Enumerations[token])];

    /// <summary>A Kubernetes object that is a resource and a part of another one has one class of arguments: the resource's.</summary>
    private bool IsResourceArgs(string token, TypeShape shape)
        => shape == TypeShape.Input && _package.Resources.Any(resource => resource.Token == token);

    private void Add(IEnumerable<SchemaProperty> properties, TypeShape shape)
    {
        foreach (var property in properties)
        {
            Add(property.Type, shape);
        }
    }

    private void Add(SchemaType type, TypeShape shape)
    {
        switch (type)
        {
            case SchemaType.List list:
                Add(list.Item, shape);
                break;
            case SchemaType.Map map:
                Add(map.Item, shape);
                break;
            case SchemaType.Union union:
                foreach (var alternative in union.Alternatives)
                {
                    Add(alternative, shape);
                }

                break;
            case SchemaType.Enumeration reference:
                _enumerations.Add(reference.Token);
                break;
            case SchemaType.Object reference when _objects.Add((reference.Token, shape)):
                Add(_package.Objects[reference.Token].Properties, shape);
                break;
        }
    }
}
