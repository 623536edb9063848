using System.Diagnostics;
using System.Runtime.InteropServices;
using Hybrid.Stacks.Local;

namespace Hybrid.Stacks.Deploy;

/// <summary>The Pulumi CLI of this machine, run in the clone.</summary>
internal sealed class PulumiCli
{
    public const string InstallHint = "the Pulumi CLI was not found on PATH: install it (https://www.pulumi.com/docs/install/) and try again";

    private readonly string _executable;
    private readonly string _repository;

    private PulumiCli(string executable, string repository)
    {
        _executable = executable;
        _repository = repository;
    }

    /// <exception cref="DeployException">It is not installed; the message says where to get it.</exception>
    public static PulumiCli Find(string repository, string? path)
    {
        var name = OperatingSystem.IsWindows() ? "pulumi.exe" : "pulumi";
        var executable = (path ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return executable is null ? throw new DeployException(InstallHint) : new PulumiCli(executable, repository);
    }

    /// <summary>Runs a command that talks to the terminal itself: it asks, and shows what it does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments, capture: false);

        // The terminal sends Ctrl-C to both: the CLI finishes what it has begun and says so, and we wait for that. Anyone else tells us alone.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            Posix.Terminate(process.Id);
        });
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    /// <summary>Runs a command for what it prints; its errors go to ours.</summary>
    /// <exception cref="DeployException">It failed.</exception>
    public async Task<string> ReadAsync(params IEnumerable<string> arguments)
    {
        var all = arguments.ToArray();
        using var process = Start(all, capture: true);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode is 0 ? output : throw new DeployException($"pulumi {string.Join(' ', all)} failed with exit code {process.ExitCode}");
    }

    private Process Start(IEnumerable<string> arguments, bool capture) =>
        Process.Start(new ProcessStartInfo(_executable, [.. arguments, "--cwd", _repository]) { UseShellExecute = false, RedirectStandardOutput = capture })!;
}
