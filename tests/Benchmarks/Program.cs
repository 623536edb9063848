using Hybrid.Benchmarks;

if (args is not ["proxy", .. var rest] || rest.Except(["--quick"], StringComparer.Ordinal).Any())
{
    await Console.Error.WriteLineAsync("hybrid: bench takes 'proxy', then optionally --quick");
    return 2;
}

try
{
    await ProxyBenchmark.RunAsync(quick: rest.Contains("--quick", StringComparer.Ordinal));
    return 0;
}
catch (BenchmarkException problem)
{
    await Console.Error.WriteLineAsync($"hybrid: {problem.Message}");
    return 1;
}
