using System.Xml.Linq;
using Hybrid.Stacks.Preview.Graph;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Preview.Graph;

[Collection(PulumiTests.Name)]
public sealed class GraphTests(Environments environments)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void Every_layer_component_and_reference_is_drawn(string environment)
    {
        var graph = GraphBuilder.Of(environments[environment]);
        var drawing = XDocument.Parse(GraphSvg.Write(graph));
        var texts = drawing.Descendants(Svg + "text").Select(text => text.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains($"Environment {environment}", texts);
        Assert.All(graph.Layers, layer =>
        {
            Assert.Contains(layer.Layer, texts);
            Assert.Contains(layer.Stack, texts);
            Assert.All(layer.Components, component => Assert.Contains(component.Name, texts));
            Assert.All(layer.References, reference => Assert.Contains($"from {reference.Stack}", texts));
        });
        var title = drawing.Root!.Element(Svg + "title")!;
        var description = drawing.Root.Element(Svg + "desc")!;
        Assert.Equal($"{title.Attribute("id")!.Value} {description.Attribute("id")!.Value}", drawing.Root.Attribute("aria-labelledby")!.Value);
        Assert.Contains($"{environments[environment].Total} resources in 5 stacks", description.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Nothing_lies_over_anything_else(string environment)
    {
        var layers = GraphLayout.Place(GraphBuilder.Of(environments[environment]), lanes: 3);
        Assert.All(layers, layer =>
        {
            Assert.All(layer.Components, box => Assert.True(
                box.X >= GraphLayout.BandX && box.X + box.Width <= GraphLayout.BandX + GraphLayout.BandWidth && box.Y > layer.Y && box.Y + box.Height <= layer.Y + layer.Height,
                $"{box.Item.Name} is not in its band"));
            AssertApart(layer.Components);
            AssertApart(layer.Outside);
            AssertApart(layer.References);
            Assert.All(layer.References, box => Assert.True(box.Y + box.Height <= layer.Y + layer.Height));
            Assert.All(layer.Outside, box => Assert.True(box.Y + box.Height <= layer.Y + layer.Height));
        });
        Assert.All(layers.Zip(layers.Skip(1)), pair => Assert.True(pair.First.Y + pair.First.Height < pair.Second.Y));
    }

    [Fact]
    public void The_resources_of_the_boxes_are_all_there_are()
    {
        var graph = GraphBuilder.Of(environments["prod"]);
        Assert.All(graph.Layers, layer => Assert.Equal(
            layer.Resources,
            layer.Providers.Length + layer.Components.Length + layer.Components.Sum(component => component.Groups.Sum(group => group.Count))));
    }

    [Fact]
    public void Only_outputs_that_arrive_are_drawn()
    {
        var graph = GraphBuilder.Of(environments["dev"]);
        var references = graph.Layers.Single(layer => layer.Layer is "data-plane-eks").References;
        Assert.Equal(["foundation.dev", "platform.dev", "control-plane.dev"], references.Select(reference => reference.Stack));
        Assert.Contains("tunnelEndpoint", references[2].Outputs);

        // Read with the rest of its contract, and used nowhere.
        Assert.DoesNotContain("adminUrl", references[2].Outputs);
    }

    [Fact]
    public void What_no_stack_creates_is_beside_the_layer_that_meets_it()
    {
        var layers = GraphBuilder.Of(environments["dev"]).Layers;
        Assert.Contains(new ExternalSystem("Site's VPN router", "203.0.113.10", Incoming: true), layers[0].Outside);
        Assert.Contains(new ExternalSystem("API consumers", "node port 30443", Incoming: true), layers[4].Outside);
        Assert.Contains(new ExternalSystem("Cluster “management”", "by its own kubeconfig", Incoming: false), layers[4].Outside);
    }

    [Theory]
    [InlineData("short", 200, "short")]
    [InlineData("SecurityGroupIngressRule", 60, "Securit…")]
    public void A_text_is_cut_to_its_place(string text, double width, string expected)
    {
        var fitted = TextMeasure.Fit(text, 12.5, width);
        Assert.Equal(expected, fitted);
        Assert.True(TextMeasure.Width(fitted, 12.5) <= width);
    }

    private static void AssertApart<T>(System.Collections.Immutable.ImmutableArray<PlacedBox<T>> boxes)
    {
        foreach (var (index, one) in boxes.Index())
        {
            Assert.All(boxes.Skip(index + 1), other => Assert.True(
                one.X + one.Width <= other.X || other.X + other.Width <= one.X || one.Y + one.Height <= other.Y || other.Y + other.Height <= one.Y,
                $"{one.Item} and {other.Item} overlap"));
        }
    }
}
