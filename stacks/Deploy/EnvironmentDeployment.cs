using System.ComponentModel;
using System.Diagnostics;
using Hybrid.Stacks.Local;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Deploy;

/// <summary>Runs the Pulumi CLI for one stack of an environment after the other, in the order in which they read each other.</summary>
internal static class EnvironmentDeployment
{
    public static Task<int> UpAsync(string environment, string repository, bool yes, CancellationToken cancellationToken) =>
        RunAsync("up", EnvironmentFiles.Of(environment, repository).Select(stack => stack.Stack), repository, yes, cancellationToken);

    /// <summary>The last first: nothing is taken away while something still reads it.</summary>
    public static Task<int> DestroyAsync(string environment, string repository, bool yes, CancellationToken cancellationToken) =>
        RunAsync("destroy", EnvironmentFiles.Of(environment, repository).Select(stack => stack.Stack).Reverse(), repository, yes, cancellationToken);

    private static async Task<int> RunAsync(string verb, IEnumerable<string> stacks, string repository, bool yes, CancellationToken cancellationToken)
    {
        if (!PulumiPackages.AreOfficial)
        {
            throw new LocalException($"{verb} needs the official Pulumi packages, and this was built with the offline subset, which only previews: make them restorable, delete artifacts/pulumi-mode and try again");
        }

        foreach (var stack in stacks)
        {
            Console.WriteLine($"== pulumi {verb} {stack}");
            var code = await PulumiAsync([verb, "--stack", stack, "--cwd", repository, .. yes ? ["--yes"] : Array.Empty<string>()], cancellationToken);
            if (code != 0)
            {
                await Console.Error.WriteLineAsync($"hybrid: {stack}: pulumi {verb} failed with exit code {code}; the stacks after it were not touched");
                return code;
            }
        }

        return 0;
    }

    // The CLI talks to the terminal itself: it asks, and shows what it does.
    private static async Task<int> PulumiAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pulumi", arguments) { UseShellExecute = false })!;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            throw new LocalException("the Pulumi CLI was not found on PATH: see https://www.pulumi.com/docs/install/");
        }
    }
}
