namespace Hybrid.Stacks.Policies;

/// <summary>A rule that does not hold for a resource.</summary>
internal sealed record PolicyFinding(PolicyRule Rule, string Stack, string Type, string Resource, Violation Violation);
