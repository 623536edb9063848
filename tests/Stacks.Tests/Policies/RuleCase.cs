using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>A resource made by hand, and what its rule says of it.</summary>
/// <param name="At">The property where the rule finds something; null where it finds nothing.</param>
internal sealed record RuleCase(string Rule, string? At, PreviewedStack Stack, string Resource, bool EnvironmentIsProtected);
