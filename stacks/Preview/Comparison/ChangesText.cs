using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>Changes for people, on a terminal or in a log.</summary>
internal static class ChangesText
{
    private const int LongestValue = 96;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(EnvironmentChanges changes, TextWriter writer)
    {
        writer.WriteLine($"{changes.Environment}: {changes.From} ({changes.Commit[..7]}) -> the working tree");
        if (changes.IsEmpty)
        {
            writer.WriteLine("  no change");
            return;
        }

        writer.WriteLine($"  {Summary(changes)}");
        writer.WriteLine();
        WriteDestroyed(changes, writer);
        foreach (var stack in changes.Stacks)
        {
            writer.WriteLine(stack.Name);
            foreach (var change in stack.Resources)
            {
                Write(change, writer);
            }

            if (!stack.Outputs.IsEmpty)
            {
                writer.WriteLine("  outputs");
                foreach (var output in stack.Outputs)
                {
                    writer.WriteLine($"    {Line(output)}");
                }
            }

            writer.WriteLine();
        }
    }

    public static string Summary(EnvironmentChanges changes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{changes.Count(ChangeAction.Add)} to add, {changes.Count(ChangeAction.Change)} to change, {changes.Count(ChangeAction.Replace)} to replace, {changes.Count(ChangeAction.Remove)} to remove");

    public static string Sign(ChangeAction action) => action switch
    {
        ChangeAction.Add => "+",
        ChangeAction.Change => "~",
        ChangeAction.Replace => "+-",
        _ => "-",
    };

    public static string Line(PropertyChange change) => $"{change.Path}: {Short(change.From)} -> {Short(change.To)}{(change.Replaces ? "   # replaces" : "")}";

    private static string Short(JsonNode? node)
    {
        var text = node is null ? "(not set)" : node is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : node.ToJsonString(Plain);
        text = text.ReplaceLineEndings("\\n");
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
    }

    private static void WriteDestroyed(EnvironmentChanges changes, TextWriter writer)
    {
        var destroyed = changes.Destroyed.ToImmutableArray();
        if (destroyed.IsEmpty)
        {
            return;
        }

        writer.WriteLine("!!! DESTROYS WHAT HOLDS DATA !!!");
        foreach (var (stack, change) in destroyed)
        {
            writer.WriteLine($"  {stack.Name}: {(change.Action is ChangeAction.Replace ? "replaces" : "deletes")} {change.Type} {change.Name}");
            writer.WriteLine($"    lost: {change.Loses}");
        }

        writer.WriteLine();
    }

    private static void Write(ResourceChange change, TextWriter writer)
    {
        writer.WriteLine($"  {Sign(change.Action),-2} {change.Type} {change.Name}{(change.Loses is null ? "" : "   !!! DESTROYS DATA")}");
        foreach (var property in change.Properties)
        {
            writer.WriteLine($"       {Line(property)}");
        }

        foreach (var note in change.Notes)
        {
            writer.WriteLine($"       ({note})");
        }
    }
}
