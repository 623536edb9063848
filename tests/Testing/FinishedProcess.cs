namespace Hybrid.Testing;

/// <summary>How a program ended.</summary>
public sealed record FinishedProcess(int ExitCode, string Output, string Error);
