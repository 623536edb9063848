namespace Hybrid.Benchmarks.Config;

/// <summary>One figure of the table.</summary>
internal sealed record ConfigFigures(string Name, double Value, string Unit);
