using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Infra.Tests.Chart.Manifests;

/// <summary>
/// Reads rendered objects as an API server does: the scalars of YAML have the types that Kubernetes' reader gives them, and a field that the kind does not
/// have, has twice, or has with another type is an error.
/// </summary>
internal static class ManifestReader
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly FrozenDictionary<string, Type> Kinds = Models()
        .Append(KeyValuePair.Create("monitoring.coreos.com/v1/ServiceMonitor", typeof(ServiceMonitor)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="FormatException">An object is not what Kubernetes takes; the message names the object, the field and what is wrong.</exception>
    public static IReadOnlyList<Manifest> Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return [.. yaml.Documents.Where(document => document.RootNode is YamlMappingNode).Select(document => Object((JsonObject)Convert(document.RootNode)!))];
    }

    /// <inheritdoc cref="Read"/>
    public static Manifest Object(JsonObject json)
    {
        var kind = $"{(string?)json["apiVersion"]}/{(string?)json["kind"]}";
        if (!Kinds.TryGetValue(kind, out var type))
        {
            throw new FormatException($"{kind} is not a kind that is known here");
        }

        try
        {
            return new Manifest(json, json.Deserialize(type, Strict)!);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{kind} {json["metadata"]?["name"]}: {problem.Message}", problem);
        }
    }

    // KubernetesEntityAttribute says for each model which kind it is.
    private static IEnumerable<KeyValuePair<string, Type>> Models() =>
        from type in typeof(V1Pod).Assembly.GetExportedTypes()
        let entity = type.GetCustomAttribute<KubernetesEntityAttribute>()
        where entity is not null && !type.Name.EndsWith("List", StringComparison.Ordinal)
        group type by (entity.Group.Length is 0 ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}") + "/" + entity.Kind into models
        select KeyValuePair.Create(models.Key, models.First());

    private static JsonNode? Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    members.Add(((YamlScalarNode)key).Value!, Convert(value));
                }

                return members;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select(Convert)]);
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    // YAML 1.1, as sigs.k8s.io/yaml reads it: a bare yes or off is a truth value there, and 0440 is octal.
    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain)
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            _ when text.ToLowerInvariant() is "true" or "yes" or "on" or "y" => true,
            _ when text.ToLowerInvariant() is "false" or "no" or "off" or "n" => false,
            ['0', _, ..] when text.All(digit => digit is >= '0' and <= '7') => System.Convert.ToInt64(text, 8),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
    }
}
