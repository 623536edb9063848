using Pulumi;

namespace Hybrid.Stacks.Configuration;

/// <summary>A stack's configuration can't be used. The message names the stack and the key, and says what is allowed; Pulumi shows it as it is.</summary>
internal sealed class ConfigurationException(string stack, string key, string problem)
    : RunException($"{stack}: {key}: {problem}");
