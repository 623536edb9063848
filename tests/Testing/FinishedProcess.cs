namespace Hybrid.Testing;

/// <summary>How a program ended.</summary>
public sealed record FinishedProcess(int ExitCode, string Output, string Error)
{
    public void EnsureSucceeded()
    {
        if (ExitCode != 0)
        {
            throw new InvalidOperationException($"it ended with {ExitCode}: {Error}{Output}");
        }
    }
}
