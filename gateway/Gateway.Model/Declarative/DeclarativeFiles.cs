using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Model.Declarative;

/// <summary>
/// Declarative files that are one configuration together: the lists of each kind one after the other, so that an entity of one file may refer to one of another.
/// What is said about the whole is led back to the file that it is in.
/// </summary>
public sealed partial class DeclarativeFiles
{
    private readonly JsonObject _whole = [];
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string File, int Start)>> _parts = new(StringComparer.Ordinal);
    private readonly List<ModelError> _errors = [];

    private DeclarativeFiles()
    {
    }

    /// <summary>The whole configuration, in JSON.</summary>
    public string Text => _whole.ToJsonString();

    /// <summary>The tags under <c>_info.select_tags</c>, as decK's users write them: what the files own. Empty where they say nothing.</summary>
    public ImmutableArray<string> SelectTags { get; private set; } = [];

    /// <summary>Why the files can't be read as one configuration. What their entities lack is for <see cref="DeclarativeLoader"/> to say.</summary>
    public IReadOnlyList<ModelError> Errors => _errors;

    /// <param name="files">Each by the name that errors call it.</param>
    /// <param name="environment">An environment variable's value by its name, null where it is not set: see <see cref="EnvironmentReferences"/>.</param>
    public static DeclarativeFiles Read(IEnumerable<(string Name, string Text)> files, Func<string, string?>? environment = null)
    {
        var read = new DeclarativeFiles();
        foreach (var (name, text) in files)
        {
            read.Add(name, text, environment is null ? null : new EnvironmentReferences(environment));
        }

        read.ReadSelectTags();
        return read;
    }

    /// <summary>The same error, with the file: <c>services[7].port</c> becomes <c>base.yaml: services[2].port</c>.</summary>
    public ModelError Locate(ModelError error) => error with { Field = Locate(error.Field), Problem = Locate(error.Problem) };

    /// <summary>The same text, with the file before each path that begins at the top of the configuration.</summary>
    public string Locate(string text) => EntityPath().Replace(text, match =>
    {
        var kind = match.Groups["kind"].Value;
        if (!_parts.TryGetValue(kind, out var parts) || !int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return match.Value;
        }

        var (file, start) = parts.Last(part => part.Start <= index);
        return string.Create(CultureInfo.InvariantCulture, $"{file}: {kind}[{index - start}]");
    });

    private void Add(string file, string text, EnvironmentReferences? environment)
    {
        JsonNode? root;
        try
        {
            root = YamlToJson.Read(text, environment);
        }
        catch (FormatException problem)
        {
            _errors.Add(new ModelError(file, problem.Message));
            return;
        }

        if (root is not JsonObject members)
        {
            _errors.Add(new ModelError(file, "expected a declarative configuration", "a map with _format_version"));
            return;
        }

        if (members["_format_version"] is null)
        {
            _errors.Add(new ModelError($"{file}: _format_version", "required field missing", "3.0, 2.1, 1.1"));
        }

        foreach (var (name, value) in members)
        {
            if (name.StartsWith('_'))
            {
                AddHeader(file, name, value);
            }
            else
            {
                AddEntities(file, name, value);
            }
        }
    }

    // What is no entity must be the same in all files that say it: one configuration has one of each.
    private void AddHeader(string file, string name, JsonNode? value)
    {
        if (name is "_comment" or "_ignore")
        {
            return;
        }

        // YAML without quotes: 3.0 is a number there.
        var said = name is "_format_version" && value is not null ? JsonValue.Create(value.ToString() is var version && version.Contains('.', StringComparison.Ordinal) ? version : version + ".0") : value?.DeepClone();
        if (_headers.TryGetValue(name, out var other) && !JsonNode.DeepEquals(_whole[name], said))
        {
            _errors.Add(new ModelError($"{file}: {name}", $"is not what {other} says", "the same in all files"));
            return;
        }

        _headers.TryAdd(name, file);
        _whole[name] = said;
    }

    private void AddEntities(string file, string kind, JsonNode? value)
    {
        if (value is not null and not JsonArray)
        {
            _errors.Add(new ModelError($"{file}: {kind}", "expected an array"));
            return;
        }

        if (_whole[kind] is not JsonArray all)
        {
            _whole[kind] = all = [];
            _parts[kind] = [];
        }

        _parts[kind].Add((file, all.Count));
        foreach (var entity in value as JsonArray ?? [])
        {
            all.Add(entity?.DeepClone());
        }
    }

    private void ReadSelectTags()
    {
        if (_whole["_info"] is not JsonObject info || info["select_tags"] is not { } given)
        {
            return;
        }

        if (given is JsonArray tags && tags.All(tag => tag is JsonValue text && text.TryGetValue<string>(out _)))
        {
            SelectTags = [.. tags.Select(tag => (string)tag!)];
            return;
        }

        _errors.Add(new ModelError($"{_headers["_info"]}: _info.select_tags", "expected an array of strings"));
    }

    // Not those inside of an entity: services[0].routes[1].
    [GeneratedRegex(@"(?<![.\]\w])(?<kind>[a-z_]+)\[(?<index>\d{1,7})\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EntityPath();
}
