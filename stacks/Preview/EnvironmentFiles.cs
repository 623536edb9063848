using System.Collections.Immutable;
using System.Text.Json;
using Hybrid.Stacks.Configuration;

namespace Hybrid.Stacks.Preview;

/// <summary>The stacks of one environment, in the order in which they are brought up.</summary>
internal static class EnvironmentFiles
{
    public const string Folder = "stacks/config";

    private static readonly ImmutableArray<string> Layers = [.. Enum.GetNames<LayerKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    public static ImmutableArray<StackFile> Of(string environment, string repository)
    {
        var folder = Path.Combine(repository, Folder);
        if (!Directory.Exists(folder))
        {
            throw new PreviewException($"{folder} does not exist: there is no environment to preview");
        }

        var all = StackFile.In(folder).ToImmutableArray();
        var stacks = all.Where(stack => string.Equals(stack["environment"], environment, StringComparison.Ordinal)).ToImmutableArray();
        if (stacks.IsEmpty)
        {
            var known = all.Select(stack => stack["environment"]).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            throw new PreviewException($"there is no environment '{environment}' in {Folder}; known: {string.Join(", ", known)}");
        }

        foreach (var stack in stacks)
        {
            CheckLayer(stack);
        }

        foreach (var layer in Layers.Where(layer => !stacks.Any(stack => string.Equals(stack["layer"], layer, StringComparison.Ordinal))))
        {
            throw new PreviewException($"no stack of {environment} has the layer {layer}: {Folder}/Pulumi.{layer}.{environment}.yaml is missing, or its hybrid:layer says something else");
        }

        return [.. stacks.OrderBy(stack => Layers.IndexOf(stack["layer"]!)).ThenBy(stack => stack.Stack, StringComparer.Ordinal)];
    }

    private static void CheckLayer(StackFile stack)
    {
        if (stack["layer"] is not { } layer)
        {
            throw new PreviewException($"{stack.Stack}: hybrid:layer: required, but not set");
        }

        if (!Layers.Contains(layer, StringComparer.Ordinal))
        {
            throw new PreviewException($"{stack.Stack}: hybrid:layer: '{layer}' is not known; allowed: {string.Join(", ", Layers)}");
        }
    }
}
