using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Commands.Search;

/// <summary>The setup file: <c>roles</c>, <c>role_mappings</c>, <c>policies</c> and <c>index_templates</c>, each an object of definitions by name, in OpenSearch's own form.</summary>
internal static class SearchFile
{
    /// <summary>In the order in which they are applied.</summary>
    /// <exception cref="CommandException">There is none, or it is of another form.</exception>
    public static IReadOnlyList<SearchItem> Read(FileInfo file)
    {
        try
        {
            return Parse(File.ReadAllText(file.FullName));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--file: cannot read {file} ({problem.Message.TrimEnd('.')})");
        }
        catch (JsonException problem)
        {
            throw new CommandException($"--file: {file} is no JSON (line {problem.LineNumber + 1}); allowed: an object with {Sections}");
        }
        catch (CommandException problem)
        {
            throw new CommandException($"--file: {file}: {problem.Message}");
        }
    }

    private static string Sections => string.Join(", ", SearchKind.All.Select(kind => kind.Section));

    private static List<SearchItem> Parse(string text)
    {
        var root = JsonNode.Parse(text, nodeOptions: null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw new CommandException($"no object; allowed: an object with {Sections}");
        if (root.Select(member => member.Key).FirstOrDefault(name => SearchKind.All.All(kind => kind.Section != name)) is { } unknown)
        {
            throw new CommandException($"{unknown}: unknown; allowed: {Sections}");
        }

        var items = new List<SearchItem>();
        foreach (var kind in SearchKind.All.Where(kind => root.ContainsKey(kind.Section)))
        {
            var section = root[kind.Section] as JsonObject ?? throw new CommandException($"{kind.Section}: no object; allowed: definitions by name");
            items.AddRange(section.Select(member => new SearchItem(
                kind,
                member.Key.Length > 0 ? member.Key : throw new CommandException($"{kind.Section}: a name is empty; allowed: at least one character"),
                member.Value as JsonObject ?? throw new CommandException($"{kind.Section}.{member.Key}: no object; allowed: a {kind.Title} as OpenSearch takes it"))));
        }

        return items.Count > 0 ? items : throw new CommandException($"defines nothing; allowed: at least one definition in {Sections}");
    }
}
