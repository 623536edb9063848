using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hybrid.Infra.Validation;

namespace Hybrid.Stacks.Configuration;

/// <summary>Writes <c>docs/configuration.md</c> from the keys and the types that they are read as.</summary>
internal sealed class ConfigurationDocument
{
    public const string Path = "docs/configuration.md";

    private readonly DocumentedMembers _documented = DocumentedMembers.Of(typeof(ConfigurationKeys).Assembly, typeof(InvalidArgumentsException).Assembly);

    public string Write()
    {
        var text = new StringBuilder();
        _ = text.Append(
            """
            # Configuration of the stacks

            Written by `./hybrid config-docs` from the types that read it. Each stack has a file in `stacks/config`, `Pulumi.LAYER.ENV.yaml` (`Pulumi.data-plane-anywhere.ENV.SITE.yaml`
            for a site). A key that a layer does not know, a value of the wrong type or out of range stops the preview and `up` with one line that names the stack and the key. Beside `config`, a
            file's `secretsprovider` names what encrypts the stack's secrets.

            """);
        foreach (var group in ConfigurationKeys.All.GroupBy(key => string.Join(", ", key.Layers.Select(Kebab)), StringComparer.Ordinal))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"\n## {(group.First().Layers.Length == Enum.GetValues<LayerKind>().Length ? "every layer" : group.Key)}\n\n| key | value | default | what |\n| --- | --- | --- | --- |\n");
            foreach (var key in group)
            {
                Row(text, $"hybrid:{key.Name}", ValueOf(key.Type), key.Default ?? "required", key.Summary);
                Properties(text, key.Name, Element(key.Type));
            }
        }

        return text.ToString();
    }

    private static bool IsRecord(Type type) => type.Namespace?.StartsWith(nameof(Hybrid), StringComparison.Ordinal) is true && !type.IsEnum;

    private static Type Element(Type type) => Nullable.GetUnderlyingType(type)
        ?? (type.IsArray ? type.GetElementType()!
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GenericTypeArguments[0]
            : type);

    private static string ValueOf(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => ValueOf(inner),
        _ when Element(type) != type => $"list of {ValueOf(Element(type))}",
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type).Select(name => $"`{(type == typeof(LayerKind) ? JsonNamingPolicy.KebabCaseLower : JsonNamingPolicy.CamelCase).ConvertName(name)}`")),
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "`true`, `false`",
        _ when type == typeof(int) || type == typeof(long) => "whole number",
        _ when type == typeof(double) => "number",
        _ when IsRecord(type) => "map",
        _ when typeof(IDictionary).IsAssignableFrom(type) => "map",
        _ => "structure",
    };

    private static string Kebab(LayerKind layer) => JsonNamingPolicy.KebabCaseLower.ConvertName(layer.ToString());

    private static void Row(StringBuilder text, string key, string value, string @default, string summary) =>
        text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {value} | {@default} | {summary} |\n");

    private static string DefaultOf(PropertyInfo property, object instance) => property.GetValue(instance) switch
    {
        null or "" => "none",
        bool flag => flag ? "`true`" : "`false`",
        Enum value => $"`{JsonNamingPolicy.CamelCase.ConvertName(value.ToString())}`",
        string text => $"`{text}`",
        IEnumerable items => items.GetType().Name.StartsWith(nameof(ImmutableArray), StringComparison.Ordinal) && !items.Cast<object>().Any() ? "none" : items.Cast<object>().Any() ? string.Join(", ", items.Cast<object>()) : "none",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        var other => $"`{other}`",
    };

    private void Properties(StringBuilder text, string path, Type type)
    {
        if (!IsRecord(type))
        {
            return;
        }

        var instance = RuntimeHelpers.GetUninitializedObject(type);
        if (type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, []) is { } constructor)
        {
            instance = constructor.Invoke([]);
        }

        var properties = type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .OrderBy(property => property.MetadataToken);
        foreach (var property in properties)
        {
            var name = $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}{(Element(property.PropertyType) != property.PropertyType && Nullable.GetUnderlyingType(property.PropertyType) is null ? "[]" : "")}";
            var required = property.IsDefined(typeof(RequiredMemberAttribute));
            Row(text, name, ValueOf(property.PropertyType), required ? "required" : DefaultOf(property, instance), _documented.SummaryOf(property));
            Properties(text, name, Element(property.PropertyType));
        }
    }
}
