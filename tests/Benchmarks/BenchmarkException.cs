namespace Hybrid.Benchmarks;

/// <summary>Why nothing could be measured, in one line.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
