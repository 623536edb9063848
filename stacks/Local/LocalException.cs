namespace Hybrid.Stacks.Local;

/// <summary>Something the user can put right. Its message is the one line that is shown.</summary>
internal sealed class LocalException(string message) : Exception(message);
