using System.Text.Json.Nodes;

namespace Gateway.Commands.Search;

/// <summary>One definition of a setup file.</summary>
internal sealed record SearchItem(SearchKind Kind, string Name, JsonObject Body)
{
    public string Path => $"{Kind.Path}/{Uri.EscapeDataString(Name)}";

    public override string ToString() => $"{Kind.Title} {Name}";
}
