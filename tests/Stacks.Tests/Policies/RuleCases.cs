using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>
/// Reads <c>Cases/*.yaml</c>: for each rule, resources that it <c>passes</c> and resources at which it <c>fires</c>. A case has <c>inputs</c>, and where they
/// matter <c>at</c> (the property; the resource itself when left out), <c>type</c>, <c>name</c>, <c>protect</c> (the resource's option), <c>kept</c> (whether the
/// environment is protected), <c>layer</c>, and the resources <c>beside</c> it.
/// A text such as <c>x{64}</c> stands for so many of its first character.
/// </summary>
internal static partial class RuleCases
{
    public static ImmutableArray<RuleCase> All() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("tests", "Stacks.Tests", "Policies", "Cases"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(Read),
    ];

    private static IEnumerable<RuleCase> Read(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        foreach (var (key, value) in ((YamlMappingNode)yaml.Documents[0].RootNode).Children)
        {
            var id = Scalar(key);
            var rule = PolicyRules.All.SingleOrDefault(rule => string.Equals(rule.Id, id, StringComparison.Ordinal))
                ?? throw new InvalidDataException($"{path}: no rule is called {id}");
            foreach (var (kind, cases) in ((YamlMappingNode)value).Children)
            {
                var fires = Scalar(kind) switch
                {
                    "fires" => true,
                    "passes" => false,
                    var other => throw new InvalidDataException($"{path}: {id}: '{other}' is neither passes nor fires"),
                };
                foreach (var item in ((YamlSequenceNode)cases).Children.Cast<YamlMappingNode>())
                {
                    yield return Case(rule, fires, Members(item));
                }
            }
        }
    }

    private static RuleCase Case(PolicyRule rule, bool fires, ImmutableSortedDictionary<string, object?> item)
    {
        var resource = Resource(item, rule.Types[0]);
        var beside = item.GetValueOrDefault("beside") is ImmutableArray<object?> others
            ? others.Cast<ImmutableSortedDictionary<string, object?>>().Select(other => Resource(other, "(missing)"))
            : [];
        var stack = Made.Stack("stack.test", item.GetValueOrDefault("layer") as string ?? "platform", [resource, .. beside]);
        return new RuleCase(rule.Id, fires ? item.GetValueOrDefault("at") as string ?? "" : null, stack, resource.Name, item.GetValueOrDefault("kept") is not false);
    }

    private static PreviewedResource Resource(ImmutableSortedDictionary<string, object?> item, string type) => Made.Resource(
        item.GetValueOrDefault("type") as string ?? type,
        item.GetValueOrDefault("name") as string ?? "subject",
        item.GetValueOrDefault("inputs") as ImmutableSortedDictionary<string, object?> ?? Made.NoInputs,
        item.GetValueOrDefault("protect") is true);

    private static ImmutableSortedDictionary<string, object?> Members(YamlMappingNode mapping) =>
        mapping.Children.ToImmutableSortedDictionary(child => Scalar(child.Key), child => Plain(child.Value), StringComparer.Ordinal);

    private static object? Plain(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Members(mapping),
        YamlSequenceNode sequence => sequence.Children.Select(Plain).ToImmutableArray(),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value is "true",
        YamlScalarNode { Style: ScalarStyle.Plain } number when double.TryParse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        YamlScalarNode { Value: { } text } when Repeated().Match(text) is { Success: true } match => new string(text[0], int.Parse(match.Groups["times"].ValueSpan, CultureInfo.InvariantCulture)),
        YamlScalarNode text => text.Value,
        _ => throw new InvalidDataException($"a YAML node of type {node.NodeType} is not known"),
    };

    [GeneratedRegex(@"^.\{(?<times>\d+)\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repeated();

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;
}
