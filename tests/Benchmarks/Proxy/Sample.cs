namespace Hybrid.Benchmarks.Proxy;

/// <summary>What one run of a client found.</summary>
/// <param name="P50">Milliseconds, as the others.</param>
/// <param name="CpuPerRequest">Microseconds of the proxy's CPU.</param>
/// <param name="Memory">MiB resident after it.</param>
internal sealed record Sample(double RequestsPerSecond, double P50, double P99, double P999, double CpuPerRequest, double Memory);
