namespace Hybrid.Benchmarks.Proxy;

/// <param name="Samples">Of each contestant, taken in turn.</param>
/// <param name="Seconds">Of each sample.</param>
/// <param name="WarmUp">Seconds of load before the first sample.</param>
internal sealed record Plan(int Samples, int Seconds, int WarmUp);
