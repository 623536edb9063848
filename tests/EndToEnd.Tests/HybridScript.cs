using Hybrid.Testing;

namespace EndToEnd.Tests;

/// <summary>The script at the root of the clone, as a user calls it.</summary>
internal static class HybridScript
{
    public static readonly string Path = Repository.PathOf("hybrid");

    public static Task<FinishedProcess> RunAsync(params IReadOnlyList<string> arguments) =>
        RunningProcess.RunAsync(Path, arguments, limit: TimeSpan.FromMinutes(10));
}
