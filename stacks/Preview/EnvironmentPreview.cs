using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <summary>Previews an environment's stacks one after the other, each fed with what those below it exported.</summary>
internal static class EnvironmentPreview
{
    /// <param name="preview">As <c>pulumi preview</c> runs the program, rather than as <c>pulumi up</c> does.</param>
    /// <exception cref="PreviewException">A configuration or a reference is broken.</exception>
    public static async Task<PreviewedEnvironment> RunAsync(string environment, string repository, bool preview = false)
    {
        var exported = new Dictionary<string, ExportedOutputs>(StringComparer.Ordinal);
        var stacks = ImmutableArray.CreateBuilder<PreviewedStack>();
        var runner = new StackPreview(repository, new SecretMask(), preview);
        foreach (var file in EnvironmentFiles.Of(environment, repository))
        {
            var (stack, outputs) = await runner.RunAsync(file, exported);
            exported.Add(file.Stack, outputs);
            stacks.Add(stack);
        }

        return new PreviewedEnvironment(environment, stacks.ToImmutable());
    }
}
