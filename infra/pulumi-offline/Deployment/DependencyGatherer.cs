using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Waits for what a resource depends on. Depending on a component means depending on the resources in it.</summary>
internal static class DependencyGatherer
{
    public static async Task<ImmutableHashSet<Resource>> GatherAsync(InputList<Resource> dependsOn)
    {
        var data = await dependsOn.ToOutput().DataTask;
        var resources = data.Resources;
        if (data.IsKnown)
        {
            resources = resources.Union(data.Value);
        }

        await WaitAsync(resources);
        return resources;
    }

    public static async Task WaitAsync(IEnumerable<Resource> resources)
    {
        foreach (var resource in Expand(resources, []))
        {
            await resource.Urn.DataTask;
        }
    }

    private static HashSet<Resource> Expand(IEnumerable<Resource> resources, HashSet<Resource> seen)
    {
        foreach (var resource in resources)
        {
            if (seen.Add(resource) && resource is ComponentResource { IsRemote: false })
            {
                Expand(resource.GetChildren(), seen);
            }
        }

        // A component's own URN is not waited for: a child may depend on its parent.
        return [.. seen.Where(resource => resource is not ComponentResource { IsRemote: false })];
    }
}
