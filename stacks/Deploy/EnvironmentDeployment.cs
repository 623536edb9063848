using System.Collections.Immutable;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Deploy;

/// <summary>Runs the Pulumi CLI for one stack of an environment after the other, in the order in which they read each other.</summary>
internal sealed class EnvironmentDeployment(PulumiCli cli, string repository, TextWriter output)
{
    /// <summary>Every layer is checked offline first, so that a mistake in the last does not come out when the others are up.</summary>
    /// <exception cref="DeployException">A stack failed; those after it were not touched.</exception>
    public async Task UpAsync(StackSelection selection, bool yes)
    {
        var stacks = selection.In(repository);
        var preview = await EnvironmentPreview.RunAsync(selection.Environment, repository);
        await output.WriteLineAsync($"checked offline: {preview.Total} resources in {preview.Stacks.Length} stacks of {selection.Environment}");
        await EachAsync("up", selection, stacks, async stack =>
        {
            await CreateAsync(stack);
            return await cli.RunAsync(["up", "--stack", stack.Stack, .. Agreed(yes)]);
        });
    }

    /// <summary>The last first: nothing is taken away while something still reads it.</summary>
    /// <exception cref="DeployException">A stack is protected, is still read by another, or failed.</exception>
    public async Task DestroyAsync(StackSelection selection, bool yes)
    {
        var stacks = selection.In(repository, reverse: true);
        if (stacks.FirstOrDefault(stack => stack["protect"] is not "false") is { } kept)
        {
            throw new DeployException(
                $"{kept.Stack} is protected, and nothing was destroyed: set hybrid:protect to \"false\" in {EnvironmentFiles.Folder}/Pulumi.{kept.Stack}.yaml, run ./hybrid up {selection.GoOnWith(kept)}, then destroy");
        }

        var existing = await ExistingStacks.ReadAsync(cli);
        RefuseWhatIsRead(selection, stacks, existing);
        await EachAsync(
            "destroy",
            selection,
            [.. stacks.Where(stack => existing.ContainsKey(stack.Stack))],
            stack => cli.RunAsync(["destroy", "--stack", stack.Stack, .. Agreed(yes)]));
    }

    /// <summary>Shows what <see cref="UpAsync"/> would do, against what is deployed; changes nothing.</summary>
    public async Task PlanAsync(StackSelection selection)
    {
        var stacks = selection.In(repository);
        var existing = await ExistingStacks.ReadAsync(cli);
        foreach (var stack in stacks.Where(stack => !existing.ContainsKey(stack.Stack)))
        {
            await output.WriteLineAsync($"{stack.Stack}: not brought up yet; what it would be: ./hybrid preview {selection.Environment}");
        }

        await EachAsync("plan", selection, [.. stacks.Where(stack => existing.ContainsKey(stack.Stack))], stack => cli.RunAsync("preview", "--stack", stack.Stack, "--diff"));
    }

    /// <summary>Takes over into the state what changed in the cloud.</summary>
    public async Task RefreshAsync(StackSelection selection, bool yes)
    {
        var existing = await ExistingStacks.ReadAsync(cli);
        await EachAsync(
            "refresh",
            selection,
            [.. selection.In(repository).Where(stack => existing.ContainsKey(stack.Stack))],
            stack => cli.RunAsync(["refresh", "--stack", stack.Stack, .. Agreed(yes)]));
    }

    private static string[] Agreed(bool yes) => yes ? ["--yes"] : [];

    private async Task EachAsync(string verb, StackSelection selection, ImmutableArray<StackFile> stacks, Func<StackFile, Task<int>> run)
    {
        if (stacks.IsEmpty)
        {
            await output.WriteLineAsync($"nothing to {verb}: no stack of {selection.Environment} exists");
        }

        foreach (var (index, stack) in stacks.Index())
        {
            await output.WriteLineAsync($"== {verb} {stack.Stack}");
            var code = await run(stack);
            if (code is not 0)
            {
                var rest = stacks[(index + 1)..].Select(next => next.Stack).ToArray();
                var untouched = rest.Length is 0 ? "" : $"; not touched: {string.Join(", ", rest)}";
                throw new DeployException($"{stack.Stack}: {verb} failed: the Pulumi CLI ended with exit code {code}{untouched}. When it is mended, go on with: ./hybrid {verb} {selection.GoOnWith(stack)}");
            }
        }
    }

    private async Task CreateAsync(StackFile stack)
    {
        string[] secrets = stack.SecretsProvider is { } provider ? ["--secrets-provider", provider] : [];
        _ = await cli.ReadAsync(["stack", "select", stack.Stack, "--create", .. secrets, "--non-interactive"]);
    }

    private void RefuseWhatIsRead(StackSelection selection, ImmutableArray<StackFile> stacks, ImmutableDictionary<string, int> existing)
    {
        // Of the layers that stay, those above the lowest that goes.
        var lowest = stacks[^1]["layer"];
        var above = new StackSelection(selection.Environment, From: lowest).In(repository)
            .Where(stack => !string.Equals(stack["layer"], lowest, StringComparison.Ordinal) && !stacks.Any(going => string.Equals(going.Stack, stack.Stack, StringComparison.Ordinal)) && existing.GetValueOrDefault(stack.Stack) > 0)
            .ToArray();
        if (above is [var reader, ..])
        {
            throw new DeployException(
                $"{stacks[^1].Stack} is still read by {reader.Stack}, which has {existing[reader.Stack]} resources; nothing was destroyed. Destroy that first: ./hybrid destroy {selection.Environment} --layer {reader["layer"]}");
        }
    }
}
