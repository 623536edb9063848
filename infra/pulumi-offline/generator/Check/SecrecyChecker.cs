using System.Reflection;
using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Check;

/// <summary>Compares what the built subset keeps secret with what the schemas say is.</summary>
internal static class SecrecyChecker
{
    private const string Plain = "plain";

    public static IEnumerable<Finding> Check(IEnumerable<PackageSchema> packages, IEnumerable<Type> types)
    {
        var byName = types.ToDictionary(type => type.FullName!, StringComparer.Ordinal);
        return packages.SelectMany(package =>
        {
            var naming = new PackageNaming(package);
            return package.Resources.Where(resource => !resource.IsComponent).SelectMany(resource => CheckOutputs(resource, byName.GetValueOrDefault(naming.Resource(resource.Token).FullName))
                .Concat(CheckInputs(resource, byName.GetValueOrDefault(naming.Args(resource.Token).FullName))));
        });
    }

    /// <summary>The options that every instance of the resource gets name the outputs that the engine keeps secret.</summary>
    private static IEnumerable<Finding> CheckOutputs(SchemaResource resource, Type? type)
    {
        if (type?.GetMethod("MakeResourceOptions", BindingFlags.NonPublic | BindingFlags.Static) is not { } make)
        {
            yield break;
        }

        var options = make.Invoke(null, [null, null])!;
        var expected = resource.Outputs.Where(output => output.Secret).Select(output => output.Name).Order(StringComparer.Ordinal).ToArray();
        var actual = ((IEnumerable<string>)options.GetType().GetProperty("AdditionalSecretOutputs")!.GetValue(options)!).Order(StringComparer.Ordinal).ToArray();
        if (!expected.SequenceEqual(actual, StringComparer.Ordinal))
        {
            yield return new Finding(type.FullName!, $"its secret outputs are '{string.Join(", ", actual)}'", $"'{string.Join(", ", expected)}'");
        }
    }

    /// <summary>A plain text that is given for a secret argument comes back as a secret, and only for such.</summary>
    private static IEnumerable<Finding> CheckInputs(SchemaResource resource, Type? type)
    {
        if (type is null)
        {
            yield break;
        }

        foreach (var input in resource.Inputs)
        {
            if (type.GetProperty(PackageNaming.Property(input)) is not { } property
                || property.PropertyType is not { Name: "Input`1", GenericTypeArguments: [var content] }
                || content != typeof(string))
            {
                continue;
            }

            var args = Activator.CreateInstance(type)!;
            property.SetValue(args, Convert(property.PropertyType, from: content, to: property.PropertyType, Plain));
            var isSecret = IsSecret(property.PropertyType, property.GetValue(args)!);
            if (isSecret != input.Secret)
            {
                yield return new Finding($"{type.FullName}.{property.Name}", isSecret ? "it is kept secret" : "it is not kept secret", input.Secret ? "secret" : "plain");
            }
        }
    }

    // The subset is what is checked, and made by this program: it is looked at from outside, never built against.
    private static bool IsSecret(Type inputType, object input)
    {
        var isSecret = inputType.Assembly.GetType("Pulumi.Output")!.GetMethod("IsSecretAsync")!.MakeGenericMethod(typeof(string));
        var outputType = isSecret.GetParameters()[0].ParameterType;
        return ((Task<bool>)isSecret.Invoke(null, [Convert(inputType, inputType, outputType, input)])!).GetAwaiter().GetResult();
    }

    private static object Convert(Type owner, Type from, Type to, object value) => owner
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Single(method => method.Name is "op_Implicit" && method.ReturnType == to && method.GetParameters()[0].ParameterType == from)
        .Invoke(null, [value])!;
}
