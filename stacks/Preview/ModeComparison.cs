namespace Hybrid.Stacks.Preview;

/// <summary>Holds the two runs of one stack against each other: they must ask for the same resources.</summary>
internal static class ModeComparison
{
    /// <returns>The run that is asked for; the preview's with the names of the inputs that are not known in it.</returns>
    /// <exception cref="PreviewException">A resource is there in one run only.</exception>
    public static PreviewedStack Of(PreviewedStack updated, PreviewedStack previewed, PreviewMode mode)
    {
        var known = updated.Resources.ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        var late = updated.Resources.ExceptBy(previewed.Resources.Select(resource => resource.Urn), resource => resource.Urn, StringComparer.Ordinal).ToArray();
        if (late is [var first, ..])
        {
            throw new PreviewException(
                $"{updated.Name}: {first.Type} {first.Name}{More(late.Length)} is created only once a provider has computed something, so `pulumi preview` would not show it: create it outside Apply");
        }

        if (previewed.Resources.FirstOrDefault(resource => !known.ContainsKey(resource.Urn)) is { } odd)
        {
            throw new PreviewException($"{updated.Name}: {odd.Type} {odd.Name} is created only while what a provider computes is unknown: `pulumi up` would not create what its preview shows");
        }

        return mode is PreviewMode.Update ? updated : previewed with
        {
            Resources = [.. previewed.Resources.Select(resource => resource with
            {
                // Nobody knows what a provider will call it.
                Id = null,
                Unknown = [.. known[resource.Urn].Inputs.Keys.Except(resource.Inputs.Keys, StringComparer.Ordinal)],
            })],
        };
    }

    private static string More(int count) => count is 1 ? "" : $" (and {count - 1} more)";
}
