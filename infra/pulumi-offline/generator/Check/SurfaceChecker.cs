using System.Reflection;
using Pulumi.Offline.Generator.Naming;

namespace Pulumi.Offline.Generator.Check;

/// <summary>Compares the public types of a built subset with the schemas: whatever they have beyond them is a finding.</summary>
internal sealed class SurfaceChecker(ExpectedSurface expected)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly string[] Packages = ["Pulumi.Aws", "Pulumi.Kubernetes", "Pulumi.Tls"];

    /// <summary>Untyped in the schemas, and written by hand in the official packages too.</summary>
    private static readonly string[] HandWritten =
    [
        "Pulumi.Kubernetes.KubernetesResource",
        "Pulumi.Kubernetes.ApiExtensions.CustomResource",
        "Pulumi.Kubernetes.ApiExtensions.CustomResourceArgs",
    ];

    public IReadOnlyList<Finding> Check(IEnumerable<Type> types)
        => [.. types.Where(IsOfPackage).OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Check)];

    private static bool IsOfPackage(Type type)
        => type.IsPublic
            && Array.Exists(Packages, package => type.Namespace == package || type.Namespace?.StartsWith($"{package}.", StringComparison.Ordinal) == true)
            && !HandWritten.Contains(type.FullName, StringComparer.Ordinal);

    private IEnumerable<Finding> Check(Type type)
    {
        var schema = expected.Find(type.FullName!);
        return schema is null
            ? [new Finding(type.FullName!, "no such type in the schemas", "a type of the official package")]
            : schema.Values is not null
                ? CheckEnumeration(type, schema)
                : CheckToken(type, schema).Concat(CheckMembers(type, schema));
    }

    private static IEnumerable<Finding> CheckToken(Type type, ExpectedType schema)
    {
        var attribute = type.CustomAttributes.FirstOrDefault(data => data.AttributeType.BaseType?.FullName == "Pulumi.ResourceTypeAttribute");
        var actual = attribute?.ConstructorArguments[0].Value as string
            ?? (type.GetField("Token", Declared) is { IsLiteral: true } constant ? constant.GetRawConstantValue() as string : null);
        if (actual != schema.TypeToken)
        {
            yield return new Finding(type.FullName!, $"its type token is '{actual}'", $"'{schema.TypeToken}'");
        }
    }

    private static IEnumerable<Finding> CheckMembers(Type type, ExpectedType schema)
    {
        foreach (var property in type.GetProperties(Declared).Where(property => property.GetMethod?.IsPublic == true && property.Name != "Empty"))
        {
            foreach (var finding in CheckProperty(type, property, schema))
            {
                yield return finding;
            }
        }

        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic))
        {
            if (!schema.Members.Values.Any(member => PackageNaming.Property(member) == field.Name))
            {
                yield return Extra(type, field.Name, schema);
            }
        }
    }

    private static IEnumerable<Finding> CheckProperty(Type type, PropertyInfo property, ExpectedType schema)
    {
        var member = schema.Members.Values.FirstOrDefault(candidate => PackageNaming.Property(candidate) == property.Name);
        if (member is null)
        {
            return [Extra(type, property.Name, schema)];
        }

        // Collections and secrets carry the attribute on the field behind the property.
        var field = $"_{member.Name.TrimStart('$')}";
        var attribute = AttributeOf(property) ?? (type.GetField(field, Declared) is { } backing ? AttributeOf(backing) : null);
        if (attribute is null)
        {
            return [new Finding($"{type.FullName}.{property.Name}", "it has no name on the wire", $"[Input(\"{member.Name}\")] or [Output(\"{member.Name}\")]")];
        }

        var findings = new List<Finding>();
        if (attribute.ConstructorArguments[0].Value as string != member.Name)
        {
            findings.Add(new Finding($"{type.FullName}.{property.Name}", $"its name on the wire is '{attribute.ConstructorArguments[0].Value}'", $"'{member.Name}'"));
        }

        var isRequired = attribute.ConstructorArguments is [_, { Value: true }, ..];
        if (attribute.AttributeType.Name == "InputAttribute" && isRequired != (schema.ChecksRequired && member.Required))
        {
            findings.Add(new Finding($"{type.FullName}.{property.Name}", isRequired ? "it is required" : "it is optional", isRequired ? "optional" : "required"));
        }

        if (attribute.AttributeType.Name == "OutputAttribute" && IsNullable(property) is { } nullable && nullable == member.Required)
        {
            findings.Add(new Finding($"{type.FullName}.{property.Name}", nullable ? "its value may be null" : "its value is never null", nullable ? "never null" : "may be null"));
        }

        return findings;
    }

    /// <summary>Whether an output's value may be null; null for collections, which never are.</summary>
    private static bool? IsNullable(PropertyInfo property)
    {
        var value = property.PropertyType.GenericTypeArguments[0];
        return value.IsValueType
            ? value.IsGenericType && value.GetGenericTypeDefinition() == typeof(Nullable<>) ? true : value.IsGenericType ? null : false
            : value.IsGenericType ? null : new NullabilityInfoContext().Create(property).GenericTypeArguments[0].ReadState == NullabilityState.Nullable;
    }

    private static IEnumerable<Finding> CheckEnumeration(Type type, ExpectedType schema)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(property => !schema.Values!.TryGetValue(property.Name, out var value) || value != property.GetValue(null)?.ToString())
            .Select(property => new Finding(
                $"{type.FullName}.{property.Name}",
                $"'{property.GetValue(null)}' is not in the schema of {schema.Token} by that name",
                string.Join(", ", schema.Values!.Select(value => $"{value.Key} = '{value.Value}'"))));

    private static CustomAttributeData? AttributeOf(MemberInfo member)
        => member.CustomAttributes.FirstOrDefault(data => data.AttributeType.FullName is "Pulumi.InputAttribute" or "Pulumi.OutputAttribute");

    private static Finding Extra(Type type, string member, ExpectedType schema)
        => new($"{type.FullName}.{member}", $"no such property in the schema of {schema.Token}", "a property of the official type");
}
