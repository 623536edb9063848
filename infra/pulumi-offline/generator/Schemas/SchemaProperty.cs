namespace Pulumi.Offline.Generator.Schemas;

/// <summary>A property of a resource, function or object.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Required">Whether an input must be given, or an output is always there.</param>
/// <param name="Constant">The only value it may have, or null.</param>
/// <param name="CSharpName">The name that the schema prescribes for C#, or null.</param>
internal sealed record SchemaProperty(string Name, SchemaType Type, bool Required, bool Secret, string? Constant, string? CSharpName);
