using System.Globalization;

namespace Hybrid.Stacks.Preview;

/// <summary>Writes paths into a resource's inputs as Pulumi does: <c>spec.ports[0].name</c>, <c>annotations["example.com/key"]</c>.</summary>
internal static class PropertyPath
{
    public static string Append(string path, string property) =>
        property.AsSpan().ContainsAny('.', '[', '"') ? $"{path}[\"{property.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]"
        : path.Length is 0 ? property
        : $"{path}.{property}";

    public static string Append(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
