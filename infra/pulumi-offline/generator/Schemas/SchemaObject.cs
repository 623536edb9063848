namespace Pulumi.Offline.Generator.Schemas;

/// <summary>An object type.</summary>
internal sealed record SchemaObject(string Token, IReadOnlyList<SchemaProperty> Properties);
