using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <summary>Previews an environment's stacks one after the other, each fed with what those below it exported.</summary>
internal static class EnvironmentPreview
{
    /// <summary>
    /// Runs every program twice, as for an update and as for a preview, so that one that needs to know what it cannot know is found here. A preview of a stack reads
    /// what the stacks below would have exported, as <c>pulumi preview</c> does.
    /// </summary>
    /// <param name="mode">Which of the two is shown.</param>
    /// <exception cref="PreviewException">A configuration, a reference or a program is broken.</exception>
    public static async Task<PreviewedEnvironment> RunAsync(string environment, string repository, PreviewMode mode = PreviewMode.Update)
    {
        var exported = new Dictionary<string, ExportedOutputs>(StringComparer.Ordinal);
        var stacks = ImmutableArray.CreateBuilder<PreviewedStack>();
        var runner = new StackPreview(repository, new SecretMask());
        foreach (var file in EnvironmentFiles.Of(environment, repository))
        {
            var (updated, outputs) = await runner.RunAsync(file, exported, PreviewMode.Update);
            var (previewed, _) = await runner.RunAsync(file, exported, PreviewMode.Preview);
            exported.Add(file.Stack, outputs);
            stacks.Add(ModeComparison.Of(updated, previewed, mode));
        }

        return new PreviewedEnvironment(environment, mode, stacks.ToImmutable());
    }
}
