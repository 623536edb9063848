using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>What of a file for Kong is honoured and what is refused by name: written from the schemas, so that it can't say anything else than the loader does.</summary>
public static class KongCompatibility
{
    /// <summary>Where the repository keeps it.</summary>
    public const string Path = "docs/kong-compatibility.md";

    // Of Kong Gateway 3.9, open source (kong/constants.lua).
    private static readonly string[] BundledPlugins =
    [
        "acl", "acme", "ai-prompt-decorator", "ai-prompt-guard", "ai-prompt-template", "ai-proxy", "ai-request-transformer", "ai-response-transformer", "aws-lambda",
        "azure-functions", "basic-auth", "bot-detection", "correlation-id", "cors", "datadog", "file-log", "grpc-gateway", "grpc-web", "hmac-auth", "http-log",
        "ip-restriction", "jwt", "key-auth", "ldap-auth", "loggly", "oauth2", "opentelemetry", "post-function", "pre-function", "prometheus", "proxy-cache", "rate-limiting",
        "redirect", "request-size-limiting", "request-termination", "request-transformer", "response-ratelimiting", "response-transformer", "session", "standard-webhooks",
        "statsd", "syslog", "tcp-log", "udp-log", "zipkin",
    ];

    public static string Write()
    {
        var text = new StringBuilder("""
            # Kong compatibility

            What this version does with a declarative file that was written for Kong Gateway 3.x, and with what its Admin API is told. Written by `gateway config compatibility` from the schemas that do it.

            **Honoured** fields do what Kong documents. **Refused** ones make the whole file invalid, with an error that names the field and says `not supported by this version`; null, and an
            empty list or map, is as good as absent. Any field, kind or plugin that is not on this page is refused as well, as unknown. Nothing is dropped in silence.


            """.ReplaceLineEndings("\n"));
        WriteFormats(text);
        WriteEntities(text);
        WritePlugins(text);
        return text.ToString();
    }

    /// <summary>Paths of the fields of a plugin's config that do something.</summary>
    public static IReadOnlyList<string> FieldsOf(PluginDefinition plugin) =>
        [.. Flatten("", plugin.Fields).Where(field => !field.Field.NotServed).Select(field => field.Path)];

    /// <summary>Fields of a plugin's config that are refused by name, and values of others, as <c>field: value</c>.</summary>
    public static IReadOnlyList<string> RefusedOf(PluginDefinition plugin) => [.. Flatten("", plugin.Fields).SelectMany(field =>
        field.Field.NotServed ? [field.Path] : field.Field.Unsupported.Concat(field.Field.Elements?.Unsupported ?? []).Select(value => $"{field.Path}: {value}"))];

    private static void WriteFormats(StringBuilder text)
    {
        text.Append("## Formats\n\n`_format_version` may be `3.0`, `2.1` or `1.1`. In files before 3.0:\n\n");
        text.Append("- A path of a route with characters that no plain path has is a regular expression: it becomes `~` and the expression, with escaped characters decoded as Kong's own migration does.\n");
        text.Append("- Format 1.1: `run_on: first` of a plugin is what every plugin does, and says nothing; other values are refused.\n");
        foreach (var (plugin, before, now) in OlderFormats.RenamedFields)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{before}` in the config of `{plugin}` becomes `{now}`.\n");
        }

        text.Append("\n| at the top of a file | |\n| --- | --- |\n");
        text.Append("| `_info.select_tags` | honoured: what has all of these tags belongs to the file |\n");
        text.Append("| `_info.defaults` | refused |\n");
        text.Append("| `_transform` | honoured |\n");
        text.Append("| `_comment`, `_ignore` | allowed, also inside of entities |\n");
        foreach (var kind in OtherKinds.All.Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{kind}` | refused |\n");
        }

        text.Append('\n');
    }

    private static void WriteEntities(StringBuilder text)
    {
        text.Append("## Entities\n\n");
        foreach (var schema in EntitySchemas.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {schema.Kind}\n\n");
            var inside = Nesting.All.Where(nesting => nesting.Parent == schema.Kind).Select(nesting => $"`{nesting.Field}`").ToList();
            if (inside.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"May hold lists of {string.Join(", ", inside)}.\n\n");
            }

            WriteFields(text, schema.Fields);
            foreach (var other in OtherKinds.Inside(schema.Kind))
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{other}` | array | | refused |\n");
            }

            text.Append('\n');
        }
    }

    private static void WritePlugins(StringBuilder text)
    {
        text.Append("## Plugins\n\n");
        var others = BundledPlugins.Where(name => PluginCatalogue.Find(name) is null).ToList();
        if (others.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Of the plugins that come with Kong, these are refused: {string.Join(", ", others.Select(name => $"`{name}`"))}.\n\n");
        }

        foreach (var plugin in PluginCatalogue.All.OrderBy(plugin => plugin.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"### {plugin.Name}\n\nPriority {plugin.Priority}.\n\n");
            WriteFields(text, plugin.Fields);
            text.Append('\n');
        }
    }

    private static void WriteFields(StringBuilder text, IReadOnlyList<FieldSchema> fields)
    {
        if (fields.Count == 0)
        {
            text.Append("Without a config.\n");
            return;
        }

        text.Append("| field | type | default | |\n| --- | --- | --- | --- |\n");
        foreach (var (path, field) in Flatten("", fields))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{path}` | {Type(field)} | {Default(field)} | {Status(field)} |\n");
        }
    }

    private static IEnumerable<(string Path, FieldSchema Field)> Flatten(string prefix, IReadOnlyList<FieldSchema> fields)
    {
        foreach (var field in fields)
        {
            if (field.Type is FieldType.Record && field.Fields.Count > 0 && !field.NotServed)
            {
                foreach (var inner in Flatten($"{prefix}{field.Name}.", field.Fields))
                {
                    yield return inner;
                }
            }
            else if (field.Elements is { Type: FieldType.Record, Fields.Count: > 0 } elements && !field.NotServed)
            {
                foreach (var inner in Flatten($"{prefix}{field.Name}[].", elements.Fields))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (prefix + field.Name, field);
            }
        }
    }

    private static string Type(FieldSchema field) => field.Type switch
    {
        FieldType.Foreign when field.Reference is not null => $"reference to {field.Reference}",
        FieldType.Foreign => "reference",
        FieldType.Array or FieldType.Set when field.Elements is { } elements => $"{Name(field.Type)} of {Name(elements.Type)}s",
        _ => Name(field.Type),
    };

    private static string Name(FieldType type) => type.ToString().ToLowerInvariant();

    private static string Default(FieldSchema field) => field.Default switch
    {
        null => "",
        JsonArray { Count: > 6 } many => $"{many.Count} values",
        var value when value.GetValueKind() is JsonValueKind.String => $"`{(string?)value}`",
        var value => $"`{value.ToJsonString()}`",
    };

    private static string Status(FieldSchema field)
    {
        var refused = field.Unsupported.Concat(field.Elements?.Unsupported ?? []).ToList();
        return field.NotServed ? "refused"
            : refused.Count > 0 ? $"honoured; refused: {string.Join(", ", refused.Select(value => $"`{value}`"))}"
            : field.Remark is { } remark ? $"honoured; {remark}"
            : "honoured";
    }
}
