using System.CommandLine;
using System.Diagnostics;

namespace Hybrid.Stacks.Local;

/// <summary><c>down local</c>.</summary>
internal static class DownLocal
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var layout = LocalCommands.Layout(arguments);
        if (LocalState.Read(layout) is not { } state)
        {
            Console.WriteLine($"Nothing runs from {layout.State}.");
            return Task.FromResult(0);
        }

        // The supervisor stops its processes in order; what it does not stop, or has left behind, is stopped here.
        StopProcesses([state.Supervisor]);
        StopProcesses(state.Processes.Values);
        File.Delete(layout.StateFile);
        Console.WriteLine($"Stopped. {layout.State} keeps certificates, configuration and logs; remove it to begin anew.");
        return Task.FromResult(0);
    }

    /// <summary>Asks each to stop, waits, and kills what is left.</summary>
    public static void StopProcesses(IEnumerable<RecordedProcess> recorded)
    {
        var running = recorded.Where(process => process.IsRunning()).ToList();
        running.ForEach(process => Posix.Terminate(process.Pid));
        var clock = Stopwatch.StartNew();
        foreach (var item in running)
        {
            using var process = TryGet(item);
            if (process is not null && !process.WaitForExit(Limit - clock.Elapsed > TimeSpan.Zero ? Limit - clock.Elapsed : TimeSpan.Zero))
            {
                process.Kill();
                process.WaitForExit();
            }
        }
    }

    private static Process? TryGet(RecordedProcess item)
    {
        try
        {
            return Process.GetProcessById(item.Pid);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
