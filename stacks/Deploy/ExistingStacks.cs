using System.Collections.Immutable;
using System.Text.Json;

namespace Hybrid.Stacks.Deploy;

/// <summary>The project's stacks in the state's backend, with how many resources each has.</summary>
internal static class ExistingStacks
{
    public static async Task<ImmutableDictionary<string, int>> ReadAsync(PulumiCli cli)
    {
        using var json = Parse(await cli.ReadAsync("stack", "ls", "--json"));
        return json.RootElement.EnumerateArray().ToImmutableDictionary(
            stack => ShortName(stack.GetProperty("name").GetString()!),

            // Absent for a stack that was never brought up.
            stack => stack.TryGetProperty("resourceCount", out var count) && count.ValueKind is JsonValueKind.Number ? count.GetInt32() : 0,
            StringComparer.Ordinal);
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException problem)
        {
            throw new DeployException($"pulumi stack ls --json: not the JSON that was expected ({problem.Message})");
        }
    }

    /// <summary>Some backends put the organization and the project before it.</summary>
    private static string ShortName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
