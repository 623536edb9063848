using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Writes enumerations of texts.</summary>
internal static class EnumerationEmitter
{
    public static void Write(CodeWriter writer, string name, SchemaEnumeration enumeration)
    {
        writer.Line("[EnumType]");
        writer.Block($"public readonly struct {name} : global::System.IEquatable<{name}>", () =>
        {
            writer.Line("private readonly string _value;");
            writer.Line($"private {name}(string value) => _value = value ?? throw new global::System.ArgumentNullException(nameof(value));");
            foreach (var value in enumeration.Values)
            {
                writer.Line($"public static {name} {value.Name} {{ get; }} = new {name}(\"{value.Value}\");");
            }

            writer.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
            writer.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
            writer.Line($"public static explicit operator string({name} value) => value._value;");
            writer.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
            writer.Line($"public bool Equals({name} other) => string.Equals(_value, other._value, global::System.StringComparison.Ordinal);");
            writer.Line("public override int GetHashCode() => _value?.GetHashCode() ?? 0;");
            writer.Line("public override string ToString() => _value;");
        });
    }
}
