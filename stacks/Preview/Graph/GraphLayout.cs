using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>
/// Places a drawing: a band for each layer, first the one that is brought up first. In a band the components, in columns of about one height; on its left what is
/// outside, on its right what it reads from the layers above. Between bands and readers runs a line for each layer that is read.
/// </summary>
internal static class GraphLayout
{
    public const double Margin = 28;
    public const double Gap = 12;
    public const double Padding = 16;
    public const double Header = 100;
    public const double BandHeader = 42;

    public const double OutsideWidth = 214;
    public const double Arrow = 40;
    public const double BoxWidth = 250;
    public const double Lane = 18;
    public const double ReferenceWidth = 316;

    public const double LineHeight = 17;
    public const double SmallText = 11.5;
    public const double NormalText = 12.5;
    public const double TitleText = 14;

    public const int Columns = 4;

    /// <summary>A component with more groups is drawn twice as wide, and half as high.</summary>
    private const int TallestGroup = 9;

    private const double BoxHeader = 44;
    private const double ReferenceHeader = 24;
    private const double BandGap = 20;
    private const double SmallestBand = 120;

    public static double BandX => Margin + OutsideWidth + Arrow;

    public static double BandWidth => (Columns * BoxWidth) + ((Columns - 1) * Gap) + (2 * Padding);

    public static double ReferenceX(int lanes) => BandX + BandWidth + ((lanes + 1) * Lane) + 14;

    public static double Width(int lanes) => ReferenceX(lanes) + ReferenceWidth + Margin;

    public static ImmutableArray<PlacedLayer> Place(GraphModel graph, int lanes)
    {
        var placed = ImmutableArray.CreateBuilder<PlacedLayer>();
        var y = Header;
        foreach (var layer in graph.Layers)
        {
            var components = Components(layer, y + BandHeader);
            var outside = Stack(layer.Outside, Margin, y, OutsideWidth, system => 34 + (Lines(system).Length * 15));
            var references = Stack(layer.References, ReferenceX(lanes), y, ReferenceWidth, reference => ReferenceHeader + (Lines(reference).Length * LineHeight) + 10);
            var height = new[]
            {
                SmallestBand,
                Bottom(components, y) + Padding,
                Bottom(outside, y),
                Bottom(references, y),
            }.Max();
            placed.Add(new PlacedLayer(layer, y, height, components, outside, references));
            y += height + BandGap;
        }

        return placed.ToImmutable();
    }

    public static double Height(ImmutableArray<PlacedLayer> layers) => layers[^1].Y + layers[^1].Height + Margin + 30;

    public static ImmutableArray<string> Lines(GraphReference reference) =>
        TextMeasure.Wrap(reference.Outputs.Select((output, index) => index + 1 < reference.Outputs.Length ? $"{output}," : output), SmallText, ReferenceWidth - 24);

    public static ImmutableArray<string> Lines(ExternalSystem system) => TextMeasure.Wrap(system.Detail.Split(' '), SmallText, OutsideWidth - 24);

    /// <summary>How many groups stand in one column of a component's box.</summary>
    public static int Rows(GraphComponent component) => component.Groups.Length > TallestGroup ? (component.Groups.Length + 1) / 2 : component.Groups.Length;

    private static double Bottom<T>(ImmutableArray<PlacedBox<T>> boxes, double y) => boxes.IsEmpty ? 0 : boxes.Max(box => box.Y + box.Height) - y;

    /// <summary>Each box where there is room furthest up.</summary>
    private static ImmutableArray<PlacedBox<GraphComponent>> Components(GraphLayer layer, double y)
    {
        var bottoms = Enumerable.Repeat(y, Columns).ToArray();
        var boxes = ImmutableArray.CreateBuilder<PlacedBox<GraphComponent>>(layer.Components.Length);
        foreach (var component in layer.Components.OrderByDescending(component => component.Groups.Length).ThenBy(component => component.Name, StringComparer.Ordinal))
        {
            var span = component.Groups.Length > TallestGroup ? 2 : 1;
            var column = Enumerable.Range(0, Columns - span + 1).MinBy(start => bottoms.Skip(start).Take(span).Max());
            var top = bottoms.Skip(column).Take(span).Max();
            var rows = Rows(component);
            var height = BoxHeader + (rows * LineHeight) + (rows is 0 ? 0 : 8);
            boxes.Add(new PlacedBox<GraphComponent>(component, BandX + Padding + (column * (BoxWidth + Gap)), top, (span * BoxWidth) + ((span - 1) * Gap), height));
            Array.Fill(bottoms, top + height + Gap, column, span);
        }

        return boxes.MoveToImmutable();
    }

    private static ImmutableArray<PlacedBox<T>> Stack<T>(ImmutableArray<T> items, double x, double y, double width, Func<T, double> height)
    {
        var boxes = ImmutableArray.CreateBuilder<PlacedBox<T>>(items.Length);
        foreach (var item in items)
        {
            boxes.Add(new PlacedBox<T>(item, x, y, width, height(item)));
            y += height(item) + Gap;
        }

        return boxes.MoveToImmutable();
    }
}
