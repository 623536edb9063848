namespace Hybrid.Benchmarks.Start;

/// <summary>One start, in milliseconds.</summary>
/// <param name="ProcessStart">Until it read the cache.</param>
/// <param name="Total">Until <c>/status/ready</c> said so, as a client sees it.</param>
/// <param name="Cpu">Of the process, until it was ready.</param>
internal sealed record MeasuredStart(double ProcessStart, double CacheRead, double Apply, double Total, double Cpu)
{
    /// <summary>What is left after the phases that the process tells: 0 where the answer came before its log line.</summary>
    public double Ready => Math.Max(0, Total - ProcessStart - CacheRead - Apply);
}
