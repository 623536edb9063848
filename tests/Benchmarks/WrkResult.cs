using System.Globalization;
using System.Text.RegularExpressions;

namespace Hybrid.Benchmarks;

/// <summary>What one run of wrk found.</summary>
/// <param name="P99">Milliseconds.</param>
internal sealed partial record WrkResult(double RequestsPerSecond, double P99)
{
    /// <exception cref="BenchmarkException">A request failed: the figures would compare errors.</exception>
    public static WrkResult Parse(string output)
    {
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new BenchmarkException($"some requests failed: {output.ReplaceLineEndings(" ")}");
        }

        var rate = Rate().Match(output);
        var latency = Latency().Match(output);
        if (!rate.Success || !latency.Success)
        {
            throw new BenchmarkException($"wrk printed something else than expected: {output.ReplaceLineEndings(" ")}");
        }

        var milliseconds = double.Parse(latency.Groups["value"].ValueSpan, CultureInfo.InvariantCulture)
            * latency.Groups["unit"].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };
        return new WrkResult(double.Parse(rate.Groups["value"].ValueSpan, CultureInfo.InvariantCulture), milliseconds);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+(?<value>[\d.]+)(?<unit>us|ms|s)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Latency();
}
