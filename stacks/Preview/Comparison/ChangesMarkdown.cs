using System.Collections.Immutable;
using Hybrid.Stacks.Policies;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>Changes as the comment on a pull request: what matters is open, the rest folds.</summary>
internal static class ChangesMarkdown
{
    /// <summary>GitHub refuses comments of more than 65,536 characters; three environments share one.</summary>
    private const int LongestDetails = 18_000;

    public static void Write(EnvironmentChanges changes, PolicyReport policies, TextWriter writer)
    {
        writer.WriteLine($"### `{changes.Environment}`");
        writer.WriteLine();
        WriteChanges(changes, writer);
        writer.WriteLine();
        writer.WriteLine(policies.Passes ? "<details><summary>Policy: every rule holds</summary>" : "<details open><summary>Policy: <b>a rule does not hold</b></summary>");
        writer.WriteLine();
        writer.WriteLine("```");
        PolicyText.Write(policies, writer);
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine("</details>");
    }

    private static void WriteChanges(EnvironmentChanges changes, TextWriter writer)
    {
        if (changes.IsEmpty)
        {
            writer.WriteLine($"No change against {Code(changes.From)} ({changes.Commit[..7]}).");
            return;
        }

        writer.WriteLine($"Against {Code(changes.From)} ({changes.Commit[..7]}): **{ChangesText.Summary(changes)}**.");
        writer.WriteLine();
        WriteDestroyed(changes, writer);
        writer.WriteLine("| stack | add | change | replace | remove |");
        writer.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var stack in changes.Stacks)
        {
            writer.WriteLine($"| `{stack.Name}` | {Count(stack, ChangeAction.Add)} | {Count(stack, ChangeAction.Change)} | {Count(stack, ChangeAction.Replace)} | {Count(stack, ChangeAction.Remove)} |");
        }

        writer.WriteLine();
        writer.WriteLine("<details><summary>Every resource and property</summary>");
        writer.WriteLine();
        WriteDetails(changes, writer);
        writer.WriteLine();
        writer.WriteLine("</details>");
    }

    private static int Count(StackChanges stack, ChangeAction action) => stack.Resources.Count(change => change.Action == action);

    /// <summary>A value may hold what Markdown would take for its own.</summary>
    private static string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    private static void WriteDestroyed(EnvironmentChanges changes, TextWriter writer)
    {
        var destroyed = changes.Destroyed.ToImmutableArray();
        if (destroyed.IsEmpty)
        {
            return;
        }

        writer.WriteLine("> [!CAUTION]");
        writer.WriteLine("> **This destroys what holds data.**");
        foreach (var (stack, change) in destroyed)
        {
            writer.WriteLine(">");
            writer.WriteLine($"> - `{stack.Name}` {(change.Action is ChangeAction.Replace ? "replaces" : "deletes")} `{change.Type}` `{change.Name}`: {change.Loses}");
        }

        writer.WriteLine();
    }

    private static void WriteDetails(EnvironmentChanges changes, TextWriter writer)
    {
        var written = 0;
        var left = 0;
        writer.WriteLine("```diff");
        foreach (var stack in changes.Stacks)
        {
            writer.WriteLine($"# {stack.Name}");
            foreach (var line in stack.Resources.SelectMany(Lines).Concat(stack.Outputs.Select(output => $"! output {ChangesText.Line(output)}")))
            {
                if ((written += line.Length + 1) > LongestDetails)
                {
                    left++;
                    continue;
                }

                // A fence in a value would end the block.
                writer.WriteLine(line.Replace("```", "'''", StringComparison.Ordinal));
            }
        }

        writer.WriteLine("```");
        if (left > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"{left} more lines: run `./hybrid preview {changes.Environment} --diff {changes.Commit[..7]}`.");
        }
    }

    private static IEnumerable<string> Lines(ResourceChange change)
    {
        // The first character is what colours a line of a diff.
        var sign = change.Action switch { ChangeAction.Add => '+', ChangeAction.Remove => '-', _ => '!' };
        var action = change.Action is ChangeAction.Replace ? "replace " : "";
        yield return $"{sign} {action}{change.Type} {change.Name}{(change.Loses is null ? "" : "   DESTROYS DATA")}";
        foreach (var property in change.Properties)
        {
            yield return $"      {ChangesText.Line(property)}";
        }

        foreach (var note in change.Notes)
        {
            yield return $"      ({note})";
        }
    }
}
