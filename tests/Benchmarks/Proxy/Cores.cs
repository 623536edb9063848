namespace Hybrid.Benchmarks.Proxy;

/// <summary>Which core runs what: the proxy that is measured has one to itself, client and upstream share the others.</summary>
internal static class Cores
{
    public static bool ArePinned { get; } = OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && Programs.Find("taskset") is not null;

    /// <summary>The command that runs a program on the proxy's core.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) ForProxy(string program, params IReadOnlyList<string> arguments) =>
        Pinned($"{Environment.ProcessorCount - 1}", program, arguments);

    public static (string Program, IReadOnlyList<string> Arguments) ForOthers(string program, params IReadOnlyList<string> arguments) =>
        Pinned(Environment.ProcessorCount == 2 ? "0" : $"0-{Environment.ProcessorCount - 2}", program, arguments);

    private static (string Program, IReadOnlyList<string> Arguments) Pinned(string cores, string program, IReadOnlyList<string> arguments) =>
        ArePinned ? ("taskset", ["-c", cores, program, .. arguments]) : (program, arguments);
}
