using System.Collections.Immutable;
using System.Text.Json;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Deploy;

/// <summary>Compares what is in the cloud with what the program says, and changes nothing.</summary>
internal sealed class EnvironmentDrift(PulumiCli cli, string repository, TextWriter output)
{
    /// <summary>Steps that leave things as they are.</summary>
    private static readonly ImmutableHashSet<string> Harmless = ImmutableHashSet.Create(StringComparer.Ordinal, "same", "read", "refresh");

    /// <returns>How many resources are not as they should be.</returns>
    public async Task<int> CountAsync(StackSelection selection)
    {
        var drifted = 0;
        var existing = await ExistingStacks.ReadAsync(cli);
        foreach (var stack in selection.In(repository))
        {
            if (!existing.ContainsKey(stack.Stack))
            {
                await output.WriteLineAsync($"{stack.Stack}: not brought up yet");
                continue;
            }

            var steps = Steps(stack, await cli.ReadAsync("preview", "--stack", stack.Stack, "--refresh", "--json", "--non-interactive"));
            drifted += steps.Length;
            await output.WriteLineAsync(steps.Length is 0 ? $"{stack.Stack}: as it should be" : $"{stack.Stack}: {steps.Length} drifted");
            foreach (var (operation, resource) in steps)
            {
                await output.WriteLineAsync($"  {operation} {resource}");
            }
        }

        return drifted;
    }

    private static ImmutableArray<(string Operation, string Resource)> Steps(StackFile stack, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return
            [
                .. json.RootElement.GetProperty("steps").EnumerateArray()
                    .Select(step => (Operation: step.GetProperty("op").GetString()!, Resource: NameOf(step.GetProperty("urn").GetString()!)))
                    .Where(step => !Harmless.Contains(step.Operation)),
            ];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DeployException($"{stack.Stack}: pulumi preview --json did not print what was expected ({problem.Message})");
        }
    }

    /// <summary>Type and name, of <c>urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME</c>.</summary>
    private static string NameOf(string urn)
    {
        var parts = urn.Split("::", 4);
        return parts.Length is 4 ? $"{parts[2][(parts[2].LastIndexOf('$') + 1)..]} {parts[3]}" : urn;
    }
}
