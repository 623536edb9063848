using System.Text.Json.Nodes;

namespace Pulumi.Offline.Generator.Schemas;

/// <summary>Puts what a trimmed schema lacks beside what it has.</summary>
internal static class SchemaAdditions
{
    private static readonly string[] Sections = ["types", "resources", "functions"];

    /// <returns>The schema's text, with the additions where their file exists.</returns>
    public static string Merge(string schema, string additions)
    {
        var text = File.ReadAllText(schema);
        if (!File.Exists(additions))
        {
            return text;
        }

        var merged = JsonNode.Parse(text)!.AsObject();
        var added = JsonNode.Parse(File.ReadAllText(additions))!.AsObject();
        foreach (var section in Sections)
        {
            foreach (var (token, definition) in added[section]?.AsObject() ?? [])
            {
                if (!merged[section]!.AsObject().TryAdd(token, definition!.DeepClone()))
                {
                    throw new InvalidDataException($"{Path.GetFileName(additions)}: {section}: '{token}' is in {Path.GetFileName(schema)} already; allowed: what that lacks");
                }
            }
        }

        return merged.ToJsonString();
    }
}
