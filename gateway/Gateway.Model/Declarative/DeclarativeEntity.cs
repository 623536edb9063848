using System.Text.Json.Nodes;

namespace Gateway.Model.Declarative;

/// <summary>One entity of a declarative file: complete, valid, with references by id.</summary>
/// <param name="Path">Where it stands in the file, such as <c>services[0].routes[1]</c>.</param>
public sealed record DeclarativeEntity(string Kind, JsonObject Entity, string Path);
