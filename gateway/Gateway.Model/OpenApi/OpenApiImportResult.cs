using System.Text.Json.Nodes;

namespace Gateway.Model.OpenApi;

/// <summary>What a document became.</summary>
/// <param name="File">A declarative file that loads; null where there are errors.</param>
/// <param name="Errors">Everything that can't be expressed, by its place in the document: <c>paths./pets.get.parameters[0]</c>.</param>
/// <param name="Notes">What the document says and a gateway does not do by itself, such as asking for credentials.</param>
public sealed record OpenApiImportResult(JsonObject? File, IReadOnlyList<ModelError> Errors, IReadOnlyList<ModelError> Notes);
