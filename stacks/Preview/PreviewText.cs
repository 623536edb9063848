using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Hybrid.Stacks.Preview;

/// <summary>The preview for people: a tree for each stack on a terminal, indented lines elsewhere.</summary>
internal static class PreviewText
{
    public static void Write(PreviewedEnvironment environment, IAnsiConsole console)
    {
        foreach (var stack in environment.Stacks)
        {
            console.Write(new Rule($"[bold]{Markup.Escape(stack.Name)}[/] [grey]{stack.Resources.Length} resources[/]") { Justification = Justify.Left });
            var tree = new Tree($"[bold]{Markup.Escape(stack.Layer)}[/]") { Guide = TreeGuide.Line };
            var children = ChildrenOf(stack);
            Add(tree, parent: null, children);
            console.Write(tree);
            if (!stack.References.IsEmpty)
            {
                console.MarkupLine($"[grey]reads[/] {Markup.Escape(string.Join(", ", stack.References))}");
            }

            var outputs = new Table { Border = TableBorder.None, ShowHeaders = false };
            outputs.AddColumn(new TableColumn("name") { NoWrap = true });
            outputs.AddColumn("value");
            foreach (var (name, value) in stack.Outputs)
            {
                outputs.AddRow($"[green]{Markup.Escape(name)}[/]", Markup.Escape(Short(value)));
            }

            console.MarkupLine("[grey]hands on[/]");
            console.Write(outputs);
            console.WriteLine();
        }

        var counts = new Table { Border = TableBorder.None, ShowHeaders = false };
        counts.AddColumn(new TableColumn("count") { Alignment = Justify.Right, NoWrap = true });
        counts.AddColumn("type");
        foreach (var (type, count) in environment.Counts)
        {
            counts.AddRow(count.ToString(CultureInfo.InvariantCulture), Markup.Escape(type));
        }

        console.Write(new Rule("[bold]by type[/]") { Justification = Justify.Left });
        console.Write(counts);
        console.WriteLine();
        console.MarkupLine($"[bold]{environment.Total} resources[/] in {environment.Stacks.Length} stacks of {Markup.Escape(environment.Environment)}; nothing was deployed.");
    }

    public static void Write(PreviewedEnvironment environment, TextWriter writer)
    {
        foreach (var stack in environment.Stacks)
        {
            writer.WriteLine($"{stack.Name} ({stack.Layer}, {stack.Resources.Length} resources)");
            Write(writer, parent: null, ChildrenOf(stack), depth: 1);
            if (!stack.References.IsEmpty)
            {
                writer.WriteLine($"  reads {string.Join(", ", stack.References)}");
            }

            writer.WriteLine("  hands on");
            foreach (var (name, value) in stack.Outputs)
            {
                writer.WriteLine($"    {name} = {Short(value)}");
            }

            writer.WriteLine();
        }

        writer.WriteLine("by type");
        foreach (var (type, count) in environment.Counts)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,4} {type}"));
        }

        writer.WriteLine();
        writer.WriteLine($"{environment.Total} resources in {environment.Stacks.Length} stacks of {environment.Environment}; nothing was deployed.");
    }

    private static ILookup<string?, PreviewedResource> ChildrenOf(PreviewedStack stack) => stack.Resources.ToLookup(resource => resource.Parent, StringComparer.Ordinal);

    private static void Write(TextWriter writer, string? parent, ILookup<string?, PreviewedResource> children, int depth)
    {
        foreach (var resource in children[parent])
        {
            writer.WriteLine($"{new string(' ', depth * 2)}{resource.Type} {resource.Name}{(resource.Protect ? " (protected)" : "")}");
            Write(writer, resource.Key, children, depth + 1);
        }
    }

    private static void Add(IHasTreeNodes node, string? parent, ILookup<string?, PreviewedResource> children)
    {
        foreach (var resource in children[parent])
        {
            var type = resource.Type.StartsWith("hybrid:", StringComparison.Ordinal) ? $"[blue]{resource.Type}[/]" : $"[grey]{Markup.Escape(resource.Type)}[/]";
            var added = node.AddNode($"{Markup.Escape(resource.Name)} {type}{(resource.Protect ? " [yellow]protected[/]" : "")}");
            Add(added, resource.Key, children);
        }
    }

    private static string Short(object? value) => value switch
    {
        string text => Line(text),
        ImmutableArray<object?> items => string.Join(", ", items.Select(Short)),
        ImmutableSortedDictionary<string, object?> map => string.Join(", ", map.Select(item => $"{item.Key}: {Short(item.Value)}")),
        _ => JsonSerializer.Serialize(value),
    };

    private static string Line(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? text : $"{text[..end]} …";
    }
}
