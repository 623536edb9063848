using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Hybrid.Stacks.Configuration;
using Pulumi;

namespace Hybrid.Stacks.References;

/// <summary>
/// The outputs between layers: one record per layer, whose properties are the outputs. The layer fills the record to export, the layers above get it filled
/// from a stack reference; so a renamed output is renamed on both sides, and a missing one does not compile (its property is required).
/// </summary>
internal static class OutputContract
{
    public static IEnumerable<(string Name, Type Type, bool IsSecret)> Describe(Type contract) => contract
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType.IsGenericType)
        .Select(property => (NameOf(property), property.PropertyType.GenericTypeArguments[0], IsSecret(property)));

    /// <summary>What the stack exports; secrets are made secret here, whatever they were.</summary>
    public static IDictionary<string, object?> Export<T>(T outputs)
        where T : class => Properties<T>().ToDictionary(NameOf, property => (object?)Adapter(property).Export(property.GetValue(outputs)!, IsSecret(property)), StringComparer.Ordinal);

    /// <param name="consumer">The stack that reads, for errors.</param>
    /// <param name="name">The stack that is read, for errors.</param>
    public static T Read<T>(StackReference reference, string consumer, string name)
        where T : class
    {
        var contract = (T)Activator.CreateInstance(typeof(T), nonPublic: true)!;
        foreach (var property in Properties<T>())
        {
            var output = NameOf(property);
            var raw = reference.GetOutput(output).Apply(value => value ?? throw new ConfigurationException(consumer, $"output '{output}'", $"{name} does not export it; bring {name} up first"));
            property.SetValue(contract, Adapter(property).Import(raw, IsSecret(property), problem => new ConfigurationException(consumer, $"output '{output}'", $"{name} exports {problem}")));
        }

        return contract;
    }

    private static IEnumerable<PropertyInfo> Properties<T>() =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType.IsGenericType);

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static bool IsSecret(PropertyInfo property) => property.IsDefined(typeof(SecretOutputAttribute));

    private static IOutputAdapter Adapter(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(Output<string>) => new OutputAdapter<string>("a text", value => value as string),
        var type when type == typeof(Output<ImmutableArray<string>>) => new OutputAdapter<ImmutableArray<string>>(
            "a list of texts",
            value => value is IEnumerable<object> items ? [.. items.Cast<string>()] : default),
        var type when type == typeof(Output<ImmutableDictionary<string, string>>) => new OutputAdapter<ImmutableDictionary<string, string>>(
            "texts by name",
            value => (value as IDictionary<string, object>)?.ToImmutableDictionary(item => item.Key, item => (string)item.Value, StringComparer.Ordinal)),
        var type => throw new InvalidOperationException($"{property.DeclaringType}.{property.Name}: {type} can't be an output between layers"),
    };
}
