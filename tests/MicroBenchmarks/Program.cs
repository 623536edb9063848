using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: what is measured is internal to the data plane, and a generated project could not see it.
var job = args.Contains("--quick", StringComparer.Ordinal) ? Job.ShortRun : Job.Default;
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    [.. args.Where(argument => argument is not "--quick").DefaultIfEmpty("--filter=*")],
    DefaultConfig.Instance.AddJob(job.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "gateway-micro-benchmarks")));
