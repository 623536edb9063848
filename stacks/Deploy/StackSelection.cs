using System.Collections.Immutable;
using System.Text.Json;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Deploy;

/// <summary>Which stacks of an environment a command means.</summary>
/// <param name="Layer">Only this layer; null for all.</param>
/// <param name="From">This layer and those that the command comes to after it; null for all.</param>
/// <param name="Site">Of the on-premises sites' stacks only this site's; null for all.</param>
internal sealed record StackSelection(string Environment, string? Layer = null, string? From = null, string? Site = null)
{
    private static readonly ImmutableArray<string> Layers = [.. Enum.GetNames<LayerKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The stacks in the order in which a command comes to them.</summary>
    /// <param name="reverse">The last first, as for destruction.</param>
    /// <exception cref="DeployException">A layer or a site is not known, or nothing is left.</exception>
    public ImmutableArray<StackFile> In(string repository, bool reverse = false)
    {
        CheckLayer("--layer", Layer);
        CheckLayer("--from", From);
        if (Layer is not null && From is not null)
        {
            throw new DeployException("--layer and --from can't be given together: --layer means one layer, --from means it and those after it");
        }

        var all = EnvironmentFiles.Of(Environment, repository);
        CheckSite(all);
        var ordered = reverse ? all.Reverse() : all;
        var selected = ordered
            .Where(stack => Layer is null || IsOf(stack, Layer))
            .SkipWhile(stack => From is not null && !IsOf(stack, From))
            .Where(stack => Site is null || SiteOf(stack) is null || string.Equals(SiteOf(stack), Site, StringComparison.Ordinal));
        return [.. selected];
    }

    /// <summary>The option that makes the same command go on with a stack.</summary>
    public string GoOnWith(StackFile stack)
    {
        var site = Site is null ? "" : $" --site {Site}";
        return $"{Environment} {(Layer is null ? "--from" : "--layer")} {stack["layer"]}{site}";
    }

    private static bool IsOf(StackFile stack, string layer) => string.Equals(stack["layer"], layer, StringComparison.Ordinal);

    private static string? SiteOf(StackFile stack) => IsOf(stack, JsonNamingPolicy.KebabCaseLower.ConvertName(nameof(LayerKind.DataPlaneAnywhere))) ? stack["site"] : null;

    private static void CheckLayer(string option, string? layer)
    {
        if (layer is not null && !Layers.Contains(layer, StringComparer.Ordinal))
        {
            throw new DeployException($"{option}: '{layer}' is not a layer (allowed: {string.Join(", ", Layers)})");
        }
    }

    private void CheckSite(ImmutableArray<StackFile> all)
    {
        var sites = all.Select(SiteOf).OfType<string>().ToImmutableArray();
        if (Site is not null && !sites.Contains(Site, StringComparer.Ordinal))
        {
            throw new DeployException($"--site: '{Site}' has no stack in {Environment} (allowed: {string.Join(", ", sites)})");
        }
    }
}
