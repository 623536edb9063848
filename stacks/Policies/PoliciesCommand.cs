using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hybrid.Stacks.Layers;

namespace Hybrid.Stacks.Policies;

/// <summary><c>hybrid policies</c>: every rule with its source; <c>--write-docs</c> writes them to <c>docs/policies.md</c>.</summary>
internal static class PoliciesCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "For machines: a stable format" };
        var writeDocs = new Option<bool>("--write-docs") { Description = $"Write {PolicyDocument.Path} instead" };
        var command = new Command("policies", "Every rule that a preview asks, with its source") { json, writeDocs };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(json), arguments.GetValue(writeDocs), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool json, bool writeDocs, CancellationToken cancellationToken)
    {
        if (writeDocs)
        {
            await File.WriteAllTextAsync(Path.Combine(RepositoryFolder.Find(), PolicyDocument.Path), PolicyDocument.Write(PolicyRules.All), cancellationToken);
        }
        else if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(PolicyRules.All.Select(PolicyJson.Write), Json));
        }
        else
        {
            foreach (var rule in PolicyRules.All)
            {
                await Console.Out.WriteLineAsync($"{PolicyText.Name(rule.Severity),-7} {rule.Id,-32} {rule.Title} ({rule.Source.Document}, {rule.Source.Control})");
            }

            await Console.Out.WriteLineAsync($"{PolicyRules.All.Length} rules");
        }

        return 0;
    }
}
