using System.Reflection;
using Hybrid.Infra.Changes;
using Pulumi;

namespace Hybrid.Infra.Tests.Changes;

public sealed class ChangeTableTests
{
    /// <summary>Resource classes by token, of the SDKs that the components are built against.</summary>
    private static readonly Dictionary<string, Type> Resources = new[] { typeof(Pulumi.Aws.Kms.Key), typeof(Pulumi.Kubernetes.Core.V1.Secret), typeof(Pulumi.Tls.PrivateKey) }
        .Select(type => type.Assembly)
        .Distinct()
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => (Type: type, Attribute: type.GetCustomAttribute<ResourceTypeAttribute>(inherit: false)))
        .Where(found => found.Attribute is not null)
        .ToDictionary(found => found.Attribute!.Type, found => found.Type, StringComparer.Ordinal);

    public static TheoryData<string> Types => [.. ChangeTable.All.Select(rules => rules.Type).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_property_exists_in_the_SDK_and_has_a_source(string type)
    {
        var rules = ChangeTable.Find(type)!;
        Assert.StartsWith("https://", rules.Source, StringComparison.Ordinal);
        Assert.Equal(rules.ReplacedBy.Length, rules.ReplacedBy.Select(rule => rule.Path).Distinct(StringComparer.Ordinal).Count());

        // Custom resources have no class there.
        if (!type.StartsWith("kubernetes:anywhere.", StringComparison.Ordinal))
        {
            Assert.True(Resources.TryGetValue(type, out var resource), $"{type} is not a type of the SDK");
            Assert.All(rules.ReplacedBy, rule => Assert.True(Exists(resource!, rule.Path), $"{type} has no {rule.Path}"));
        }
    }

    [Theory]
    [InlineData("keyring-1", "hybrid:gateway:KeyFile", true)]
    [InlineData("tunnel-ca-1", "hybrid:certificates:TunnelAuthority", true)]
    [InlineData("tunnel-site-cloud", "hybrid:certificates:TunnelAuthority", false)]
    [InlineData("proxy-key", "hybrid:certificates:ProxyCertificate", false)]
    public void Only_the_keys_that_others_rest_on_hold_data(string name, string parent, bool holds) =>
        Assert.Equal(holds, ChangeTable.Find("tls:index/privateKey:PrivateKey")!.LossOf(name, parent) is not null);

    [Fact]
    public void A_custom_resource_is_replaced_with_its_name_and_nothing_is_known_of_other_types()
    {
        Assert.Equal(["metadata.name", "metadata.namespace"], ChangeTable.Find("kubernetes:example.com/v1:Thing")!.ReplacedBy.Select(rule => rule.Path));
        Assert.Null(ChangeTable.Find("aws:s3/bucket:Bucket"));
    }

    private static bool Exists(Type resource, string path)
    {
        // The arguments are the second parameter of a resource's constructor.
        var arguments = resource.GetConstructors().SelectMany(constructor => constructor.GetParameters()).First(parameter => parameter.Position is 1).ParameterType;
        return path.Split('.').Aggregate((Type?)arguments, (holder, step) => holder is null ? null : TypeOf(holder, step)) is not null;
    }

    private static Type? TypeOf(Type holder, string name)
    {
        for (var type = holder; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (member.GetCustomAttributesData().Any(data => data.AttributeType == typeof(InputAttribute) && name.Equals(data.ConstructorArguments[0].Value as string, StringComparison.Ordinal)))
                {
                    return Inner(member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType);
                }
            }
        }

        return null;
    }

    /// <summary>What an input, or a list of them, holds.</summary>
    private static Type Inner(Type type) => type.IsGenericType ? Inner(type.GenericTypeArguments[^1]) : type;
}
