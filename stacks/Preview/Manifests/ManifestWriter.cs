using System.Collections.Immutable;
using System.Globalization;

namespace Hybrid.Stacks.Preview.Manifests;

/// <summary>
/// <c>--manifests DIR</c>: what would be in the clusters, a folder for each stack: the objects of each release as its chart renders them, and those that the stack
/// creates itself. Secrets are masked.
/// </summary>
internal sealed class ManifestWriter(string repository, string folder)
{
    private const string Kubernetes = "kubernetes:";
    private const string Release = "kubernetes:helm.sh/v3:Release";

    /// <summary>Where Pulumi starts the program, so that a chart's path begins there.</summary>
    private const string ProgramFolder = "stacks";

    /// <returns>What was written, in one line.</returns>
    /// <exception cref="PreviewException">Helm is missing, a chart refuses its values, or the folder cannot be written.</exception>
    public async Task<string> WriteAsync(PreviewedEnvironment environment, CancellationToken cancellationToken)
    {
        HelmProgram.Require();
        (string Source, bool Written)[] results;
        try
        {
            results = await Task.WhenAll(environment.Stacks.SelectMany(stack => WriteAsync(stack, cancellationToken)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new PreviewException($"--manifests {folder}: it cannot be written: {problem.Message}");
        }

        var left = results.Where(result => !result.Written).Select(result => result.Source).ToArray();
        var note = left.Length is 0 ? "" : $"; not rendered, since their charts are elsewhere: {string.Join(", ", left)}";
        return string.Create(CultureInfo.InvariantCulture, $"{results.Length - left.Length} files under {folder}{note}");
    }

    /// <summary>What an earlier run left there is not there any more.</summary>
    private static void Clear(string place, bool isEmpty)
    {
        if (Directory.Exists(place))
        {
            foreach (var file in Directory.EnumerateFiles(place, "*.yaml"))
            {
                File.Delete(file);
            }
        }

        if (!isEmpty)
        {
            Directory.CreateDirectory(place);
        }
    }

    private static string FileName(PreviewedResource resource)
    {
        var kind = resource.Type[(resource.Type.LastIndexOf(':') + 1)..].ToLowerInvariant();
        return $"{kind}-{resource.Name}.yaml";
    }

    private static string Text(PreviewedResource resource, string name) => resource.Inputs.GetValueOrDefault(name) as string ?? "default";

    private IEnumerable<Task<(string Source, bool Written)>> WriteAsync(PreviewedStack stack, CancellationToken cancellationToken)
    {
        var resources = stack.Resources.Where(resource => resource.Type.StartsWith(Kubernetes, StringComparison.Ordinal)).ToImmutableArray();
        var place = Path.Combine(folder, stack.Name);
        Clear(place, resources.IsEmpty);
        return resources.Select(resource => WriteAsync(stack, resource, place, cancellationToken));
    }

    private async Task<(string Source, bool Written)> WriteAsync(PreviewedStack stack, PreviewedResource resource, string place, CancellationToken cancellationToken)
    {
        if (await RenderAsync(stack, resource, cancellationToken) is not { } manifest)
        {
            return ($"{resource.Inputs["chart"]} ({stack.Name})", false);
        }

        await File.WriteAllTextAsync(Path.Combine(place, FileName(resource)), manifest, cancellationToken);
        return (resource.Name, true);
    }

    /// <returns>Null for a chart that would have to be fetched.</returns>
    private async Task<string?> RenderAsync(PreviewedStack stack, PreviewedResource resource, CancellationToken cancellationToken)
    {
        if (resource.Type is not Release)
        {
            return ManifestYaml.Write(resource.Inputs);
        }

        if (resource.Inputs.ContainsKey("repositoryOpts"))
        {
            return null;
        }

        var chart = Path.GetFullPath(Path.Combine(repository, ProgramFolder, Text(resource, "chart")));
        var values = Path.Combine(Directory.CreateTempSubdirectory("hybrid-values-").FullName, "values.yaml");
        try
        {
            var given = resource.Inputs.GetValueOrDefault("values") as ImmutableSortedDictionary<string, object?> ?? ImmutableSortedDictionary<string, object?>.Empty;
            await File.WriteAllTextAsync(values, ManifestYaml.Write(given), cancellationToken);
            return await HelmProgram.TemplateAsync($"{stack.Name}: {resource.Name}", Text(resource, "name"), chart, Text(resource, "namespace"), values, cancellationToken);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(values)!, recursive: true);
        }
    }
}
