using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>A list that may stand inside an entity of a file.</summary>
/// <param name="Parent">The kind of what it stands in.</param>
/// <param name="Kind">The kind of what stands in it.</param>
/// <param name="Reference">The field of the inner one that refers to the outer one.</param>
internal sealed record NestedKind(string Parent, string Field, string Kind, string Reference)
{
    /// <summary>Where the list only names entities that stand elsewhere: the field of what joins the two that refers to those.</summary>
    public string? Other { get; init; }

    /// <summary>The field that a bare text stands for; null where there is none.</summary>
    public string? TextField { get; init; }

    /// <summary>An element as an entity; null where it is none.</summary>
    public JsonObject? Read(JsonNode? element) => element switch
    {
        JsonObject or JsonValue when Other is not null => new JsonObject { [Other] = element.DeepClone() },
        JsonObject entity => entity.DeepClone().AsObject(),
        JsonValue when TextField is not null && JsonText.Of(element) is { } text => new JsonObject { [TextField] = text },
        _ => null,
    };
}
