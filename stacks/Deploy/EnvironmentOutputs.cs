using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Deploy;

/// <summary>What the stacks of an environment hand on, as they are deployed.</summary>
internal sealed class EnvironmentOutputs(PulumiCli cli, string repository, TextWriter output)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="reveal">Secrets in clear; masked otherwise.</param>
    public async Task WriteAsync(StackSelection selection, bool reveal, bool json)
    {
        var existing = await ExistingStacks.ReadAsync(cli);
        var all = new JsonObject();
        foreach (var stack in selection.In(repository))
        {
            all[stack.Stack] = existing.ContainsKey(stack.Stack) ? await OutputsAsync(stack, reveal) : null;
        }

        if (json)
        {
            await output.WriteLineAsync(all.ToJsonString(Indented));
            return;
        }

        foreach (var (stack, outputs) in all)
        {
            await output.WriteLineAsync(outputs is null ? $"{stack}: not brought up yet" : stack);
            foreach (var (name, value) in outputs?.AsObject() ?? [])
            {
                await output.WriteLineAsync($"  {name}: {(value is JsonValue text ? text.ToString() : value?.ToJsonString())}");
            }
        }
    }

    private async Task<JsonObject> OutputsAsync(StackFile stack, bool reveal)
    {
        string[] secrets = reveal ? ["--show-secrets"] : [];
        var text = await cli.ReadAsync(["stack", "output", "--json", "--stack", stack.Stack, .. secrets]);
        try
        {
            return JsonNode.Parse(text)!.AsObject();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Not the text itself: it may hold secrets.
            throw new DeployException($"{stack.Stack}: pulumi stack output --json did not print a JSON object");
        }
    }
}
