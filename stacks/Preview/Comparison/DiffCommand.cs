using System.Runtime.InteropServices;
using Hybrid.Stacks.Policies;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary><c>hybrid preview ENV --diff REF</c>: what bringing up the working tree after REF would do.</summary>
internal sealed class DiffCommand(string repository)
{
    /// <summary>With <c>--exit-code</c>: something changes, nothing that holds data goes (as <c>terraform plan -detailed-exitcode</c> has it).</summary>
    public const int Differences = 2;

    /// <summary>With <c>--exit-code</c>: something that holds data is deleted or replaced. 3 says that a policy rule does not hold.</summary>
    public const int Destruction = 4;

    /// <param name="policies">What the rules say of what it would become; a reviewer wants both.</param>
    /// <returns>0 for no change, <see cref="Differences"/> or <see cref="Destruction"/>.</returns>
    /// <exception cref="PreviewException">The reference, its program or this one is broken.</exception>
    public async Task<int> RunAsync(PreviewedEnvironment now, PolicyReport policies, string reference, DiffFormat format, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Stop(PosixSignalContext signal)
        {
            // The checkout is removed before we go.
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        EnvironmentChanges changes;
        try
        {
            var after = PreviewDocument.Read(PreviewJson.Write(now, policies), "the working tree");
            changes = await CompareAsync(after, reference, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PreviewException("stopped");
        }

        Write(changes, policies, format);
        return changes.IsEmpty ? 0 : changes.Destroyed.Any() ? Destruction : Differences;
    }

    private static void Write(EnvironmentChanges changes, PolicyReport policies, DiffFormat format)
    {
        switch (format)
        {
            case DiffFormat.Json:
                Console.Out.WriteLine(ChangesJson.Write(changes));
                break;
            case DiffFormat.Markdown:
                ChangesMarkdown.Write(changes, policies, Console.Out);
                break;
            default:
                ChangesText.Write(changes, Console.Out);
                PolicyText.Write(policies, Console.Out);
                break;
        }
    }

    private async Task<EnvironmentChanges> CompareAsync(PreviewDocument after, string reference, CancellationToken cancellationToken)
    {
        var other = new OtherRevision(repository);
        var commit = await other.ResolveAsync(reference, cancellationToken);
        var before = await other.PreviewAsync(reference, commit, after.Environment, cancellationToken);
        return EnvironmentComparison.Of(before, after, reference, commit);
    }
}
