namespace Pulumi.Offline.Generator.Emit;

/// <summary>A generated file.</summary>
/// <param name="Path">Relative to the output folder, with forward slashes.</param>
internal sealed record GeneratedFile(string Path, string Content);
