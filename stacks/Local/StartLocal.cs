using System.CommandLine;
using Hybrid.Stacks.Commands;

namespace Hybrid.Stacks.Local;

/// <summary><c>start local PART</c>: what was stopped or killed runs again, under the supervisor that still watches the rest.</summary>
internal static class StartLocal
{
    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Console.WriteLine(await LocalControl.AskAsync(LocalCommands.Layout(arguments), HybridCommand.PartOf(arguments), cancellationToken));
        return 0;
    }
}
