using System.Collections.Immutable;
using System.Globalization;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Tests.Support;

/// <summary>Reads a previewed resource's inputs by path.</summary>
internal static class Read
{
    public static object? At(this PreviewedResource resource, params string[] path)
    {
        object? value = resource.Inputs;
        foreach (var step in path)
        {
            value = value switch
            {
                ImmutableSortedDictionary<string, object?> map => map.GetValueOrDefault(step),
                ImmutableArray<object?> list => list[int.Parse(step, CultureInfo.InvariantCulture)],
                _ => null,
            };
        }

        return value;
    }

    public static string Text(this PreviewedResource resource, params string[] path) =>
        resource.At(path) as string ?? throw new InvalidOperationException($"{resource.Key} has no text at {string.Join('.', path)}");
}
