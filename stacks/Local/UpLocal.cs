using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Hybrid.Stacks.Local;

/// <summary><c>up local</c>.</summary>
internal static class UpLocal
{
    private static readonly TimeSpan DetachedStartLimit = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var layout = LocalCommands.Layout(arguments);
        var ports = LocalCommands.Ports(arguments);
        layout.RequireWritable();
        return arguments.GetValue(LocalCommands.Detach)
            ? await DetachAsync(layout, ports, cancellationToken)
            : await SuperviseAsync(layout, ports, arguments.GetValue(LocalCommands.Supervise), cancellationToken);
    }

    private static async Task<int> SuperviseAsync(LocalLayout layout, LocalPorts ports, bool detached, CancellationToken cancellationToken)
    {
        if (detached)
        {
            Posix.BeginSession();
        }

        using var alone = TakeFolder(layout);
        StopLeftOvers(layout);
        ports.RequireFree();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

        // Lines are for copying: a terminal may wrap them, we do not break them.
        AnsiConsole.Console.Profile.Width = Math.Max(AnsiConsole.Console.Profile.Width, 300);
        var output = new LocalOutput(AnsiConsole.Console, TimeProvider.System);
        await using var supervisor = new LocalSupervisor(layout, new LocalTopology(layout, ports), output);
        try
        {
            await supervisor.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            output.Event("stopping");
        }

        await supervisor.StopAsync();
        output.Event("everything is stopped");
        return 0;
    }

    private static async Task<int> DetachAsync(LocalLayout layout, LocalPorts ports, CancellationToken cancellationToken)
    {
        TakeFolder(layout).Dispose();
        ports.RequireFree();
        var log = layout.Log("supervisor");
        File.Delete(log);
        var program = new LocalProcess(
            "supervisor",
            Path.Combine(AppContext.BaseDirectory, "hybrid.dll"),
            ["up", "local", "--supervise", "--ports-from", ports.From.ToString(System.Globalization.CultureInfo.InvariantCulture), "--state", layout.State],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HYBRID_ROOT"] = layout.Root },
            LocalTopology.Url(ports.Admin));
        using var supervisor = program.Start(log);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(DetachedStartLimit);
        try
        {
            while (LocalState.Read(layout) is not { Ready: true } state || state.Supervisor.Pid != supervisor.Id)
            {
                if (supervisor.HasExited)
                {
                    throw new LocalException(string.Join(Environment.NewLine, File.ReadLines(log).SkipWhile(line => !line.StartsWith("hybrid: ", StringComparison.Ordinal)))
                        .Replace("hybrid: ", "", StringComparison.Ordinal));
                }

                await Task.Delay(50, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Posix.Terminate(supervisor.Id);
            throw new LocalException($"it was not ready within {DetachedStartLimit.TotalMinutes:0} minutes; see {log}");
        }

        Console.Write(await ReadSharedAsync(log, cancellationToken));
        Console.WriteLine($"Runs in the background: ./hybrid status local shows it, ./hybrid down local stops it, {log} has its events.");
        return 0;
    }

    private static async Task<string> ReadSharedAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n');
        return string.Join('\n', lines.TakeWhile(line => !line.StartsWith("Ctrl-C", StringComparison.Ordinal)).Select(line => line)) + '\n';
    }

    /// <summary>One supervisor per folder.</summary>
    private static FileStream TakeFolder(LocalLayout layout)
    {
        try
        {
            return new FileStream(layout.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LocalException($"{layout.State} is in use: ./hybrid down local stops what runs there, --state DIR uses another folder");
        }
    }

    /// <summary>A supervisor that was killed leaves its processes behind; they hold the ports and the database.</summary>
    private static void StopLeftOvers(LocalLayout layout)
    {
        if (LocalState.Read(layout) is { } state)
        {
            DownLocal.StopProcesses(state.Processes.Values);
            File.Delete(layout.StateFile);
        }
    }
}
