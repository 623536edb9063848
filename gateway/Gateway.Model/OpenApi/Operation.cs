using System.Text.Json.Nodes;

namespace Gateway.Model.OpenApi;

/// <summary>A method of a path.</summary>
/// <param name="Method">In lower case, as the document has it.</param>
/// <param name="Where">Its place in the document.</param>
/// <param name="Item">What all methods of the path have in common.</param>
internal sealed record Operation(string Path, string Method, string Where, PathTemplate Template, JsonObject Item, JsonObject Node)
{
    public string PathWhere => $"paths.{Path}";
}
