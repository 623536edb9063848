using Hybrid.Testing;

namespace Hybrid.Benchmarks.Proxy;

/// <summary>A proxy that is measured.</summary>
/// <param name="Process">The one whose CPU and memory count: the worker, where there is a master.</param>
internal sealed record Peer(string Name, Func<int> Process, Uri Url)
{
    public IReadOnlyList<string> Headers { get; init; } = [];

    public Peer At(string path) => this with { Url = new Uri(Url, path) };

    /// <summary>The only child of a process.</summary>
    public static int WorkerOf(RunningProcess master)
    {
        var children = File.ReadAllText($"/proc/{master.Id}/task/{master.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(children[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
