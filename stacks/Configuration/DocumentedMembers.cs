using System.Collections.Immutable;
using System.Reflection;
using System.Xml.Linq;

namespace Hybrid.Stacks.Configuration;

/// <summary>The summaries of properties, from the documentation files that the compiler writes beside the assemblies.</summary>
internal sealed class DocumentedMembers
{
    private readonly ImmutableDictionary<string, string> _summaries;

    private DocumentedMembers(ImmutableDictionary<string, string> summaries) => _summaries = summaries;

    public static DocumentedMembers Of(params IEnumerable<Assembly> assemblies) => new(assemblies
        .Select(assembly => Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"))
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToImmutableDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")), StringComparer.Ordinal));

    /// <summary>Empty where there is none.</summary>
    public string SummaryOf(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    private static string Text(XElement? summary) =>
        string.Join(' ', string.Concat(summary?.Nodes().Select(Text) ?? []).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Attribute("cref") is { } reference ? CamelCase(reference.Value[(reference.Value.LastIndexOf('.') + 1)..]) : "",
        XElement element => element.Value,
        _ => "",
    };

    private static string CamelCase(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
