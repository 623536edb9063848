using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Stacks.Configuration;

/// <summary>Reads the stack's configuration, typed and complete: every error names the stack and the key.</summary>
internal sealed partial class StackConfiguration(string stack, Config config)
{
    public const string Namespace = "hybrid";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new PlainObjectConverter() },
    };

    public string Stack => stack;

    /// <param name="keys">The keys that are set, each with its namespace.</param>
    /// <exception cref="ConfigurationException">One of ours is not known, or belongs to another layer.</exception>
    public void RefuseUnknown(LayerKind layer, IEnumerable<string> keys)
    {
        var allowed = ConfigurationKeys.Of(layer).Select(key => key.Name).ToArray();
        foreach (var key in keys.Where(key => key.StartsWith($"{Namespace}:", StringComparison.Ordinal)).Select(key => key[(Namespace.Length + 1)..]).Order(StringComparer.Ordinal))
        {
            if (!allowed.Contains(key, StringComparer.Ordinal))
            {
                throw Invalid(key, ConfigurationKeys.Knows(key) ? "belongs to another layer" : "not known", string.Join(", ", allowed));
            }
        }
    }

    public bool IsSet(string key) => Get(key) is { Length: > 0 };

    public string Text(string key) => Get(key) is { Length: > 0 } value ? value : throw Missing(key);

    public T Choice<T>(string key)
        where T : struct, Enum
    {
        var text = Text(key);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        throw Invalid(key, $"'{text}' is not known", string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));
    }

    public bool Flag(string key, bool @default) => Get(key) switch
    {
        null => @default,
        "true" => true,
        "false" => false,
        var text => throw Invalid(key, $"'{text}' is neither", "true, false"),
    };

    public int Number(string key, int @default) => Get(key) switch
    {
        null => @default,
        var text when int.TryParse(text, out var value) => value,
        var text => throw Invalid(key, $"'{text}' is not one", "a whole number"),
    };

    /// <summary>A structured value; a property that the type lacks, or that is missing, is an error.</summary>
    public T Object<T>(string key)
        where T : class
    {
        var text = Text(key);
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw Missing(key);
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException(stack, Key(Within(key, problem.Path)), Explain(problem));
        }
    }

    /// <summary>Makes something of the value under a key: what it refuses is told as that key's error.</summary>
    public T From<T>(string key, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (InvalidArgumentsException problem)
        {
            throw new ConfigurationException(stack, Key($"{key}.{problem.Field}"), $"{problem.Problem}; allowed: {problem.Allowed}");
        }
    }

    /// <summary>The same for something that several keys go into: what it refuses is named by the key itself.</summary>
    public T From<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (InvalidArgumentsException problem)
        {
            throw Invalid(problem.Field, problem.Problem, problem.Allowed);
        }
    }

    public ConfigurationException Invalid(string key, string problem, string allowed) => new(stack, Key(key), $"{problem}; allowed: {allowed}");

    private string? Get(string key) => ConfigurationKeys.Knows(key)
        ? config.Get(key)
        : throw new InvalidOperationException($"{key} is read, but {nameof(ConfigurationKeys)} does not know it");

    private static string Key(string key) => $"{Namespace}:{key}";

    private static string Within(string key, string? path) => path is null or "$" ? key : $"{key}{path[1..]}";

    private static string Explain(JsonException problem)
    {
        var names = string.Join(", ", Quoted().Matches(problem.Message).Select(match => match.Groups["name"].Value));
        return problem.Message switch
        {
            var message when message.Contains("missing required properties", StringComparison.Ordinal) => $"required: {names[(names.IndexOf(", ", StringComparison.Ordinal) + 2)..]}",
            var message when message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => $"'{names.Split(", ")[0]}' is not known here",
            var message when message.Contains("could not be converted", StringComparison.Ordinal) => "the value has the wrong type, or is not one of those allowed",
            var message => message,
        };
    }

    private ConfigurationException Missing(string key) => new(stack, Key(key), "required, but not set");

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
