using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Hybrid.Testing;

/// <summary>A real process: its output line by line, signals, and the certainty that it is gone when the test is.</summary>
public sealed partial class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private readonly Task _reading;

    private RunningProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Both streams, in the order in which lines arrived.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts a program. Variables with a null value are taken out of the inherited environment.</summary>
    public static RunningProcess Start(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null)
    {
        var start = StartInfo(program, arguments, environment, workingDirectory);
        start.RedirectStandardInput = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        process.StandardInput.Close();
        return new RunningProcess(process);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<FinishedProcess> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? limit = null)
    {
        var start = StartInfo(program, arguments, environment, workingDirectory: null);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        using var cancellation = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(3));
        var output = process.StandardOutput.ReadToEndAsync(cancellation.Token);
        var error = process.StandardError.ReadToEndAsync(cancellation.Token);
        try
        {
            await process.WaitForExitAsync(cancellation.Token);
            return new FinishedProcess(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {limit ?? TimeSpan.FromMinutes(3)}", late);
        }
    }

    /// <summary>Waits for a line that was or will be written.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted, TimeSpan? limit = null)
    {
        try
        {
            return await Eventually.NotNullAsync(
                () => Lines.FirstOrDefault(wanted) is { } line
                    ? Task.FromResult<string?>(line)
                    : _process.HasExited && _reading.IsCompleted ? throw new InvalidOperationException("it ended") : Task.FromResult<string?>(null),
                limit);
        }
        catch (Exception problem) when (problem is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"the line did not come ({problem.Message}); output:\n{string.Join('\n', Lines)}", problem);
        }
    }

    public void Send(Signal signal) => Send(Id, signal);

    /// <summary>Sends a signal to a process that the test, or a program under test, started.</summary>
    public static void Send(int pid, Signal signal)
    {
        if (Kill(pid, (int)signal) != 0)
        {
            throw new InvalidOperationException($"signal {signal} did not reach process {pid}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    public static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> ExitCodeAsync(TimeSpan? limit = null)
    {
        using var cancellation = new CancellationTokenSource(limit ?? Eventually.DefaultLimit);
        await _process.WaitForExitAsync(cancellation.Token);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment, string? workingDirectory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? Repository.Root,
        };

        // A test host's own settings must not reach the programs under test.
        foreach (var name in start.Environment.Keys.Where(IsTestHosts).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsTestHosts(string name) =>
        name.StartsWith("GATEWAY_", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.Ordinal);

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
