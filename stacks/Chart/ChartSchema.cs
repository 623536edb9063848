using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Stacks.Chart;

/// <summary>
/// Makes the chart's <c>values.schema.json</c>: <c>env</c> from the settings contract, the rest from the types of the chart's own defaults. A misspelt value or
/// setting is refused by Helm before anything is installed.
/// </summary>
internal static class ChartSchema
{
    public const string FileName = "values.schema.json";

    private const string Environment = "env";

    /// <summary>Values that are Kubernetes' own objects: whatever Kubernetes knows may stand there.</summary>
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "podSecurityContext", "containerSecurityContext", "readinessProbe", "livenessProbe", "startupProbe", "lifecycle", "resources",
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="values">The text of <c>values.yaml</c>.</param>
    public static string Write(string values)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(values));
        var schema = Closed((YamlMappingNode)yaml.Documents[0].RootNode);
        schema["properties"]![Environment] = Settings();
        schema["properties"]!["image"]!["properties"]!["digest"]!["pattern"] = "^(sha256:[0-9a-f]{64})?$";
        schema["properties"]!["global"] = new JsonObject { ["type"] = "object" };
        schema["required"] = new JsonArray(Environment);
        var root = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = "Values of the chart gateway" };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            root[name] = value;
        }

        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Closed(YamlMappingNode mapping)
    {
        var properties = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            properties[name] = OfDefault(name, value);
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static JsonObject OfDefault(string name, YamlNode value) => ValueRules.Find(name) ?? value switch
    {
        YamlMappingNode mapping => mapping.Children.Count is 0 || Open.Contains(name) ? new JsonObject { ["type"] = "object" } : Closed(mapping),
        YamlSequenceNode => new JsonObject { ["type"] = "array" },
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } => new JsonObject { ["type"] = "boolean" },
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when int.TryParse(scalar.Value, out _) => new JsonObject { ["type"] = "integer" },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Settings()
    {
        var properties = new JsonObject();
        foreach (var setting in SettingsContract.All.OrderBy(setting => setting.Name, StringComparer.Ordinal))
        {
            var name = setting.Name.ToLowerInvariant();
            properties[name] = Setting(setting);
            if (setting.Secret)
            {
                properties[name + SettingsEnvironment.FileSuffix.ToLowerInvariant()] = new JsonObject { ["description"] = $"A file with: {setting.Description}", ["type"] = "string" };
            }
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = $"The gateway's settings: names in lower case, without {SettingsEnvironment.Prefix}",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray(SettingNames.Role.ToLowerInvariant()),
            ["properties"] = properties,
        };
    }

    private static JsonObject Setting(SettingDefinition setting)
    {
        var schema = new JsonObject { ["description"] = setting.Description };
        if (setting.Default is not null)
        {
            schema["default"] = setting.Default;
        }

        var alternatives = new JsonArray(Reference());
        foreach (var value in Literals(setting))
        {
            alternatives.Add(value);
        }

        schema["anyOf"] = alternatives;
        return schema;
    }

    private static JsonObject Reference() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("valueFrom"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject { ["valueFrom"] = new JsonObject { ["type"] = "object" } },
    };

    private static IEnumerable<JsonNode> Literals(SettingDefinition setting)
    {
        if (setting.Type is SettingType.Integer)
        {
            yield return new JsonObject { ["type"] = "integer", ["minimum"] = setting.Minimum, ["maximum"] = setting.Maximum };
            yield return new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+$" };
        }
        else if (setting.Type is SettingType.Choice)
        {
            var choices = new JsonArray([.. setting.Choices.Select(choice => (JsonNode)choice)]);
            foreach (var (text, truth) in new[] { ("on", true), ("off", false) })
            {
                // YAML reads them so when they are not quoted.
                if (setting.Choices.Contains(text, StringComparer.Ordinal))
                {
                    choices.Add(truth);
                }
            }

            yield return new JsonObject { ["enum"] = choices };
        }
        else
        {
            yield return new JsonObject { ["type"] = "string", ["minLength"] = 1 };
            if (setting.Type is SettingType.NameList or SettingType.HostPortList or SettingType.ListenList or SettingType.NetworkList)
            {
                yield return new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } };
            }

            if (setting.MayBeOff)
            {
                yield return new JsonObject { ["enum"] = new JsonArray(false) };
            }
        }
    }
}
