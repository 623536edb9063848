using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Naming;

/// <summary>Pulumi's rules for C# names of a package's types.</summary>
internal sealed class PackageNaming(PackageSchema package)
{
    public string RootNamespace { get; } = $"Pulumi.{package.Namespaces.GetValueOrDefault(package.Name) ?? Title(package.Name)}";

    /// <summary>The class of resources' type-token attributes, <c>AwsResourceType</c> for instance.</summary>
    public string TokenAttribute => $"{RootNamespace.Split('.')[^1]}ResourceType";

    public TypeName Resource(string token) => new(Namespace(token), Title(Member(token)));

    public TypeName Args(string token)
    {
        var resource = Resource(token);
        return new TypeName(IsLaidOutByKubernetes(token) ? Namespace(token, "Inputs") : resource.Namespace, $"{resource.Name}Args");
    }

    public TypeName State(string token)
    {
        var resource = Resource(token);
        return resource with { Name = $"{resource.Name}State" };
    }

    public TypeName Function(string token) => Resource(token);

    public TypeName Enumeration(string token) => new(Namespace(token), Title(Member(token)));

    public TypeName Object(string token, TypeShape shape)
    {
        var isOutput = shape is TypeShape.Output or TypeShape.FunctionOutput;
        var suffix = shape switch
        {
            TypeShape.Input or TypeShape.FunctionInput => "Args",
            TypeShape.State => "GetArgs",
            TypeShape.FunctionOutputInput => "InputArgs",
            TypeShape.FunctionOutput => "Result",
            _ => "",
        };
        return new TypeName(Namespace(token, isOutput ? "Outputs" : "Inputs"), $"{Title(Member(token))}{suffix}");
    }

    public static string Property(SchemaProperty property) => property.CSharpName ?? Title(property.Name);

    /// <summary>The module of a token, as in namespaces: <c>Ec2</c>, <c>Core.V1</c>, or empty.</summary>
    public string Module(string token)
    {
        if (token.StartsWith("pulumi:providers:", StringComparison.Ordinal))
        {
            return "";
        }

        var module = token.Split(':')[1];
        if (!package.IsKubernetes)
        {
            module = module.Split('/')[0];
        }

        return module == "index" ? ""
            : package.Namespaces.GetValueOrDefault(module) ?? string.Join('.', module.Split('/').Select(Title));
    }

    private static string Title(string name)
        => string.Concat(name.Split('-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private static string Member(string token) => token.StartsWith("pulumi:providers:", StringComparison.Ordinal) ? "provider" : token.Split(':')[^1];

    private bool IsLaidOutByKubernetes(string token) => package.IsKubernetes && !token.StartsWith("pulumi:providers:", StringComparison.Ordinal);

    private string Namespace(string token, string? qualifier = null)
    {
        var parts = qualifier is null ? [RootNamespace, Module(token)]
            : package.IsKubernetes ? [RootNamespace, "Types", qualifier, Module(token)]
            : new[] { RootNamespace, Module(token), qualifier };
        return string.Join('.', parts.Where(part => part.Length > 0));
    }
}
