namespace Pulumi.Offline.Generator.Schemas;

/// <summary>A resource.</summary>
/// <param name="State">What a lookup accepts besides the id, or null where it accepts nothing.</param>
/// <param name="AliasTypes">The type tokens it had before.</param>
internal sealed record SchemaResource(
    string Token,
    bool IsComponent,
    IReadOnlyList<SchemaProperty> Inputs,
    IReadOnlyList<SchemaProperty> Outputs,
    IReadOnlyList<SchemaProperty>? State,
    IReadOnlyList<string> AliasTypes);
