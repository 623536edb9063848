namespace Pulumi.Offline.Generator.Schemas;

/// <summary>A type with a fixed set of texts.</summary>
internal sealed record SchemaEnumeration(string Token, IReadOnlyList<SchemaEnumerationValue> Values);
