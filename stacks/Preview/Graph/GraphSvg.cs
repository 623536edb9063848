using System.Collections.Immutable;
using System.Globalization;
using static Hybrid.Stacks.Preview.Graph.GraphLayout;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>Draws an environment.</summary>
internal static class GraphSvg
{
    public static string Write(GraphModel graph)
    {
        // A lane for each layer that others read, the first one outermost: then no lane is crossed by the layers it passes.
        var sources = graph.Layers
            .Where(layer => graph.Layers.Any(reader => reader.References.Any(reference => string.Equals(reference.Stack, layer.Stack, StringComparison.Ordinal))))
            .Select(layer => layer.Stack)
            .ToImmutableArray();
        var layers = Place(graph, sources.Length);
        using var svg = new Svg();
        svg.Start(Width(sources.Length), Height(layers), $"Environment {graph.Environment}", Describe(graph), GraphStyle.Css);
        svg.Rectangle("page", 0, 0, Width(sources.Length), Height(layers), 0);
        WriteHeading(svg, graph, sources.Length);
        foreach (var layer in layers)
        {
            WriteBand(svg, layer);
            WriteOutside(svg, layer);
        }

        WriteLanes(svg, layers, sources);
        foreach (var layer in layers)
        {
            WriteReferences(svg, layer, sources);
        }

        WriteLegend(svg, Height(layers) - Margin);
        return svg.End();
    }

    private static string Describe(GraphModel graph) => string.Create(
        CultureInfo.InvariantCulture,
        $"{graph.Resources} resources in {graph.Layers.Length} stacks. ") + string.Join(" ", graph.Layers.Select(Describe));

    private static string Describe(GraphLayer layer)
    {
        var reads = layer.References.IsEmpty ? "" : $", reads {string.Join(", ", layer.References.Select(reference => reference.Stack))}";
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Stack}: {layer.Resources} resources in {string.Join(", ", layer.Components.Select(component => component.Name))}{reads}.");
    }

    private static void WriteHeading(Svg svg, GraphModel graph, int lanes)
    {
        svg.Text("heading", Margin, 44, $"Environment {graph.Environment}");
        svg.Text("muted", Margin, 66, string.Create(CultureInfo.InvariantCulture, $"{graph.Resources} resources in {graph.Layers.Length} stacks, in the order in which they are brought up"));
        svg.Text("muted", Margin, Header - 8, "outside");
        svg.Text("muted", BandX, Header - 8, "layers, their components and resources");
        svg.Text("muted", ReferenceX(lanes), Header - 8, "what each layer reads from those above");
    }

    private static void WriteBand(Svg svg, PlacedLayer placed)
    {
        var layer = placed.Layer;
        svg.Rectangle("band", BandX, placed.Y, BandWidth, placed.Height, 10);
        svg.Text("layer", BandX + Padding, placed.Y + 26, layer.Layer);
        svg.Text("muted", BandX + Padding + TextMeasure.Width(layer.Layer, 16, bold: true) + 14, placed.Y + 26, layer.Stack);
        svg.Text(
            "muted",
            BandX + BandWidth - Padding,
            placed.Y + 26,
            string.Create(CultureInfo.InvariantCulture, $"{layer.Resources} resources · {layer.Outputs} outputs · {string.Join(", ", layer.Providers)}"),
            "end");
        foreach (var box in placed.Components)
        {
            svg.Group($"{box.Item.Kind} {box.Item.Name}: {box.Item.Resources} resources", () => WriteComponent(svg, box));
        }
    }

    private static void WriteComponent(Svg svg, PlacedBox<GraphComponent> box)
    {
        const double Inset = 12;
        svg.Rectangle("box", box.X, box.Y, box.Width, box.Height, 6);
        svg.Text("name", box.X + Inset, box.Y + 20, TextMeasure.Fit(box.Item.Name, TitleText, box.Width - (2 * Inset), bold: true));
        svg.Text("muted", box.X + Inset, box.Y + 36, TextMeasure.Fit(box.Item.Kind, SmallText, box.Width - (2 * Inset)));
        foreach (var (index, group) in box.Item.Groups.Index())
        {
            var rows = Rows(box.Item);
            var x = box.X + Inset + (index / rows * (BoxWidth + Gap));
            var y = box.Y + 56 + (index % rows * LineHeight);
            svg.Text("count", x + 18, y, group.Count.ToString(CultureInfo.InvariantCulture), "end");
            svg.Text(group.IsComponent ? "normal part" : "normal", x + 26, y, TextMeasure.Fit(group.Kind, NormalText, BoxWidth - (2 * Inset) - 26 - (group.HoldsData ? 14 : 0)));
            if (group.HoldsData)
            {
                svg.Circle("data", x + BoxWidth - (2 * Inset) - 3, y - 4, 4);
            }
        }
    }

    private static void WriteOutside(Svg svg, PlacedLayer placed)
    {
        foreach (var box in placed.Outside)
        {
            svg.Group($"{box.Item.Name}: {box.Item.Detail}", () =>
            {
                const double Inset = 12;
                svg.Rectangle("outside", box.X, box.Y, box.Width, box.Height, 8);
                svg.Text("source", box.X + Inset, box.Y + 20, TextMeasure.Fit(box.Item.Name, NormalText, box.Width - (2 * Inset), bold: true));
                foreach (var (index, line) in Lines(box.Item).Index())
                {
                    svg.Text("muted", box.X + Inset, box.Y + 37 + (index * 15), line);
                }

                var y = box.Y + (box.Height / 2);
                var (left, right) = (box.X + box.Width + 4, BandX - 4);
                svg.Line("line", (left, y), (right, y));
                svg.ArrowHead("head", box.Item.Incoming ? right + 2 : left - 2, y, box.Item.Incoming ? 1 : -1);
            });
        }
    }

    private static double LaneX(int source, int sources) => BandX + BandWidth + ((sources - source) * Lane) + 6;

    private static void WriteLanes(Svg svg, ImmutableArray<PlacedLayer> layers, ImmutableArray<string> sources)
    {
        foreach (var (source, stack) in sources.Index())
        {
            var from = layers.Single(layer => string.Equals(layer.Layer.Stack, stack, StringComparison.Ordinal));
            var last = layers.SelectMany(layer => layer.References).Where(box => string.Equals(box.Item.Stack, stack, StringComparison.Ordinal)).Max(Entry);
            var x = LaneX(source, sources.Length);
            var y = from.Y + from.Height - 24;
            svg.Line($"lane s{source % GraphStyle.Accents}", (BandX + BandWidth, y), (x, y), (x, last));
            svg.Circle($"f{source % GraphStyle.Accents}", BandX + BandWidth, y, 4);
        }
    }

    private static double Entry(PlacedBox<GraphReference> box) => box.Y + 14;

    private static void WriteReferences(Svg svg, PlacedLayer placed, ImmutableArray<string> sources)
    {
        foreach (var box in placed.References)
        {
            const double Inset = 12;
            var source = sources.IndexOf(box.Item.Stack);
            var accent = source % GraphStyle.Accents;
            svg.Group($"{placed.Layer.Stack} reads from {box.Item.Stack}: {string.Join(", ", box.Item.Outputs)}", () =>
            {
                var y = Entry(box);
                svg.Line("halo", (LaneX(source, sources.Length) + 4, y), (box.X - 4, y));
                svg.Line($"lane s{accent}", (LaneX(source, sources.Length), y), (box.X - 6, y));
                svg.ArrowHead($"f{accent}", box.X, y, 1);
                svg.Rectangle($"read s{accent}", box.X, box.Y, box.Width, box.Height, 6);
                svg.Text($"source f{accent}", box.X + Inset, box.Y + 18, $"from {box.Item.Stack}");
                foreach (var (index, line) in Lines(box.Item).Index())
                {
                    svg.Text("small", box.X + Inset, box.Y + 37 + (index * LineHeight), line);
                }
            });
        }
    }

    private static void WriteLegend(Svg svg, double y)
    {
        svg.Circle("data", Margin + 4, y - 4, 4);
        svg.Text("muted", Margin + 16, y, "holds data: deleting it loses something");
        svg.Text("normal part", Margin + 272, y, "Name");
        svg.Text("muted", Margin + 316, y, "a component within");
        svg.Rectangle("outside", Margin + 460, y - 12, 22, 14, 4);
        svg.Text("muted", Margin + 490, y, "outside: no stack creates it");
        svg.Line("lane s0", (Margin + 690, y - 4), (Margin + 716, y - 4));
        svg.ArrowHead("f0", Margin + 722, y - 4, 1);
        svg.Text("muted", Margin + 732, y, "outputs of one stack, read by another");
    }
}
