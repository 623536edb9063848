namespace Pulumi.Offline.Generator.Schemas;

/// <summary>A function of a provider.</summary>
internal sealed record SchemaFunction(string Token, IReadOnlyList<SchemaProperty> Inputs, IReadOnlyList<SchemaProperty> Outputs);
