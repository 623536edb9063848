namespace Hybrid.Stacks.Deploy;

/// <summary>A deployment can't begin or go on. Its message is the one line that is shown.</summary>
internal sealed class DeployException(string message) : Exception(message);
