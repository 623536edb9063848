using System.Collections.Immutable;
using System.Text.Json;
using Hybrid.Stacks.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Stacks.Preview;

/// <summary>One <c>Pulumi.STACK.yaml</c>, read as the CLI would hand it to the program: texts as they are, structures as JSON.</summary>
/// <param name="Values">By full key, such as <c>hybrid:layer</c>.</param>
/// <param name="SecretKeys">The keys whose values are encrypted; a preview has a stand-in for them.</param>
/// <param name="SecretsProvider">What encrypts the stack's secrets, such as <c>awskms://alias/NAME?region=REGION</c>; the backend's own when null.</param>
internal sealed record StackFile(string Stack, ImmutableDictionary<string, string> Values, ImmutableArray<string> SecretKeys, string? SecretsProvider)
{
    private const string Prefix = "Pulumi.";
    private const string Extension = ".yaml";
    private const string Secure = "secure";

    public string? this[string key] => Values.GetValueOrDefault($"{StackConfiguration.Namespace}:{key}");

    public static IEnumerable<StackFile> In(string folder) => Directory
        .EnumerateFiles(folder, $"{Prefix}*{Extension}")
        .Order(StringComparer.Ordinal)
        .Select(Read);

    public static StackFile Read(string path)
    {
        var stack = Path.GetFileName(path)[Prefix.Length..^Extension.Length];
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlException problem)
        {
            throw new PreviewException($"{stack}: {Path.GetFileName(path)}, line {problem.Start.Line}: {problem.Message}");
        }
        catch (InvalidOperationException)
        {
            // The parser's way to say that a list or a map does not end.
            throw new PreviewException($"{stack}: {Path.GetFileName(path)}: not valid YAML: a list or a map does not end");
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }]
            || !root.Children.TryGetValue(new YamlScalarNode("config"), out var node)
            || node is not YamlMappingNode config)
        {
            throw new PreviewException($"{stack}: {Path.GetFileName(path)}: 'config' is missing");
        }

        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var secrets = ImmutableArray.CreateBuilder<string>();
        foreach (var (key, value) in config.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            if (value is YamlMappingNode mapping && mapping.Children.ContainsKey(new YamlScalarNode(Secure)))
            {
                values[name] = $"(encrypted {name})";
                secrets.Add(name);
            }
            else
            {
                values[name] = value is YamlScalarNode scalar ? scalar.Value ?? "" : JsonSerializer.Serialize(Plain(value));
            }
        }

        var provider = root.Children.TryGetValue(new YamlScalarNode("secretsprovider"), out var named) ? (named as YamlScalarNode)?.Value : null;
        return new StackFile(stack, values.ToImmutable(), secrets.ToImmutable(), provider);
    }

    private static object? Plain(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.ToDictionary(child => ((YamlScalarNode)child.Key).Value!, child => Plain(child.Value), StringComparer.Ordinal),
        YamlSequenceNode sequence => sequence.Children.Select(Plain).ToList(),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => PlainScalar(scalar.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new PreviewException($"a YAML node of type {node.NodeType} is not known"),
    };

    private static object? PlainScalar(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, out var whole) => whole,
        _ when text.Contains('.', StringComparison.Ordinal) && decimal.TryParse(text, out var number) => number,
        _ => text,
    };
}
