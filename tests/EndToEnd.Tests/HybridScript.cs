using Hybrid.Testing;

namespace EndToEnd.Tests;

/// <summary>The script at the root of the clone, as a user calls it.</summary>
internal static class HybridScript
{
    public static readonly string Path = Repository.PathOf("hybrid");

    public static Task<FinishedProcess> RunAsync(params IReadOnlyList<string> arguments) =>
        RunAsync(arguments, environment: null);

    /// <param name="environment">Variables set or, with null, taken away, beside our own.</param>
    public static Task<FinishedProcess> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment) =>
        RunningProcess.RunAsync(Path, arguments, environment, TimeSpan.FromMinutes(10));
}
