using System.Collections.Immutable;
using Hybrid.Infra.Changes;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>Makes of a preview what is drawn of it.</summary>
internal static class GraphBuilder
{
    private const string Provider = "pulumi:providers:";
    private const string Component = "hybrid:";

    public static GraphModel Of(PreviewedEnvironment environment) =>
        new(environment.Environment, environment.Total, [.. environment.Stacks.Select(stack => Layer(stack, [.. environment.Stacks.Select(other => other.Name)]))]);

    private static GraphLayer Layer(PreviewedStack stack, ImmutableArray<string> order)
    {
        var children = stack.Resources.Where(resource => resource.Parent is not null).ToLookup(resource => resource.Parent!, StringComparer.Ordinal);
        return new GraphLayer(
            stack.Name,
            stack.Layer,
            stack.Resources.Length,
            stack.Outputs.Count,
            [.. stack.Resources.Where(resource => resource.Type.StartsWith(Provider, StringComparison.Ordinal)).Select(ProviderName).Order(StringComparer.Ordinal)],
            [.. stack.Resources.Where(resource => resource.Parent is null && !resource.Type.StartsWith(Provider, StringComparison.Ordinal)).Select(top => Boxed(top, children))],
            ExternalSystems.Of(stack),
            [.. stack.Used.Where(used => !used.Value.IsEmpty).OrderBy(used => order.IndexOf(used.Key)).Select(used => new GraphReference(used.Key, used.Value))]);
    }

    private static string ProviderName(PreviewedResource provider)
    {
        var package = provider.Type[Provider.Length..];
        return string.Equals(package, provider.Name, StringComparison.Ordinal) ? package : $"{package} ({provider.Name})";
    }

    private static GraphComponent Boxed(PreviewedResource top, ILookup<string, PreviewedResource> children)
    {
        var inside = Descendants(top, children).ToImmutableArray();

        // What holds data first, then components within, then the rest, each by name.
        var groups = inside
            .GroupBy(resource => resource.Type, StringComparer.Ordinal)
            .Select(group => new GraphGroup(Kind(group.Key), group.Count(), group.Any(HoldsData), group.Key.StartsWith(Component, StringComparison.Ordinal)))
            .OrderBy(group => group.HoldsData ? 0 : group.IsComponent ? 1 : 2)
            .ThenBy(group => group.Kind, StringComparer.Ordinal);
        return new GraphComponent(top.Name, Kind(top.Type), inside.Length, [.. groups]);
    }

    private static IEnumerable<PreviewedResource> Descendants(PreviewedResource resource, ILookup<string, PreviewedResource> children) =>
        children[resource.Key].SelectMany(child => Descendants(child, children).Prepend(child));

    private static bool HoldsData(PreviewedResource resource) => ChangeTable.Find(resource.Type)?.LossOf(resource.Name, resource.Parent?[..resource.Parent.IndexOf("::", StringComparison.Ordinal)]) is not null;

    private static string Kind(string type) => type[(type.LastIndexOf(':') + 1)..];
}
