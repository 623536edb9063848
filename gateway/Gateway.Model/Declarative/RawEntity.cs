using System.Text.Json.Nodes;

namespace Gateway.Model.Declarative;

/// <summary>An entity as the file has it, taken out of the one it stood in.</summary>
/// <param name="Parent">What it stood in; null at the top.</param>
/// <param name="Reference">Its field that refers to the parent.</param>
/// <param name="Number">Its place in the file.</param>
internal sealed record RawEntity(string Kind, string Path, JsonObject Entity, RawEntity? Parent, string? Reference, int Number)
{
    public Guid Id { get; set; }
}
