namespace Pulumi.Offline.Generator.Schemas;

/// <summary>One value of an enumeration.</summary>
internal sealed record SchemaEnumerationValue(string Name, string Value);
