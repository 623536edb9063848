using System.Collections.Immutable;
using System.Text.Json;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>
/// Previews an environment as it is in another commit, by that commit's own program: checked out into a temporary folder, built there, run there. The result is kept
/// under <c>artifacts/previews</c>, since a commit does not change.
/// </summary>
internal sealed class OtherRevision(string repository)
{
    private const string Project = "stacks/Stacks.csproj";
    private const string Program = "stacks/bin/Release/net10.0/hybrid.dll";
    private const string ModeFile = "artifacts/pulumi-mode";

    private static readonly ImmutableDictionary<string, string> NoEnvironment = ImmutableDictionary<string, string>.Empty;

    /// <exception cref="PreviewException">The reference is not a commit that this clone has.</exception>
    public async Task<string> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await GitAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}"], cancellationToken);
        return exitCode is 0 ? output.Trim()
            : error.Length > 0 ? throw new PreviewException($"--diff {reference}: {FirstLine(error)}")
            : throw new PreviewException($"--diff {reference}: not a commit of this clone; allowed: a branch, a tag or a commit that was fetched");
    }

    /// <param name="reference">As it was given, for errors.</param>
    /// <exception cref="PreviewException">The commit does not build, its configuration is broken, or its preview is of another format.</exception>
    public async Task<PreviewDocument> PreviewAsync(string reference, string commit, string environment, CancellationToken cancellationToken)
    {
        var source = $"{reference} ({commit[..7]})";
        var kept = Path.Combine(repository, "artifacts", "previews", commit, $"{environment}.json");
        if (!File.Exists(kept))
        {
            await KeepAsync(source, commit, environment, Path.GetDirectoryName(kept)!, cancellationToken);
        }

        return PreviewDocument.Read(await File.ReadAllTextAsync(kept, cancellationToken), source);
    }

    private static string FirstLine(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "it gave no reason";

    private async Task KeepAsync(string source, string commit, string environment, string folder, CancellationToken cancellationToken)
    {
        var checkout = Path.Combine(Directory.CreateTempSubdirectory("hybrid-diff-").FullName, "tree");
        try
        {
            await CheckOutAsync(source, commit, checkout, cancellationToken);
            await BuildAsync(source, checkout, cancellationToken);
            Directory.CreateDirectory(folder);

            // The build is what takes time: keep the other environments as well.
            var environments = EnvironmentsIn(checkout);
            foreach (var other in environments.Add(environment))
            {
                var (exitCode, output, error) = environments.Contains(other)
                    ? await PreviewInAsync(checkout, other, cancellationToken)
                    : (0, Nothing(other), "");
                if (exitCode is 0 or PreviewCommand.PolicyFailure)
                {
                    await WriteAsync(Path.Combine(folder, $"{other}.json"), output, cancellationToken);
                }
                else if (string.Equals(other, environment, StringComparison.Ordinal))
                {
                    throw new PreviewException($"{source}: {FirstLine(error).Replace("hybrid: ", "", StringComparison.Ordinal)}");
                }
            }
        }
        finally
        {
            await RemoveAsync(checkout);
        }
    }

    private async Task CheckOutAsync(string source, string commit, string checkout, CancellationToken cancellationToken)
    {
        var (exitCode, _, error) = await GitAsync(["worktree", "add", "--detach", "--quiet", checkout, commit], cancellationToken);
        if (exitCode is not 0)
        {
            throw new PreviewException($"{source}: it cannot be checked out: {FirstLine(error)}");
        }
    }

    private async Task BuildAsync(string source, string checkout, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(checkout, Project)))
        {
            throw new PreviewException($"{source}: it has no {Project}, so there is nothing to compare with");
        }

        // Which packages can be had here is known already.
        var mode = Path.Combine(repository, ModeFile);
        if (File.Exists(mode))
        {
            Directory.CreateDirectory(Path.Combine(checkout, "artifacts"));
            File.Copy(mode, Path.Combine(checkout, ModeFile), overwrite: true);
        }

        var (exitCode, output, _) = await ChildProcess.RunAsync(
            "dotnet", ["build", Path.Combine(checkout, Project), "-c", "Release", "-v", "quiet", "-nologo", "-nodeReuse:false"], NoEnvironment, cancellationToken);
        if (exitCode is not 0)
        {
            var problem = output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? output;
            throw new PreviewException($"{source}: it does not build: {FirstLine(problem).Replace(checkout + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
        }
    }

    private static Task<(int ExitCode, string Output, string Error)> PreviewInAsync(string checkout, string environment, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            "dotnet",
            [Path.Combine(checkout, Program), "preview", environment, "--json"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HYBRID_ROOT"] = checkout },
            cancellationToken);

    private static ImmutableSortedSet<string> EnvironmentsIn(string checkout)
    {
        var folder = Path.Combine(checkout, EnvironmentFiles.Folder);
        return Directory.Exists(folder)
            ? [.. StackFile.In(folder).Select(file => file["environment"]).OfType<string>().Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>An environment that did not exist yet.</summary>
    private static string Nothing(string environment) => JsonSerializer.Serialize(
        new PreviewDocument { Version = PreviewJson.Version, Environment = environment, Stacks = [] },
        PreviewJson.Options);

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        // Whole or not at all: another run may read it at any time.
        var part = $"{file}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(part, text, cancellationToken);
        File.Move(part, file, overwrite: true);
    }

    private async Task RemoveAsync(string checkout)
    {
        // Not cancelled with the rest: this is what cleans up after it.
        await GitAsync(["worktree", "remove", "--force", checkout], CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(checkout)!, recursive: true);
    }

    private Task<(int ExitCode, string Output, string Error)> GitAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync("git", ["-C", repository, .. arguments], NoEnvironment, cancellationToken);
}
