namespace Hybrid.Stacks.Policies;

/// <summary>What is wrong with one resource.</summary>
/// <param name="Property">The path of the input; empty for the resource itself.</param>
internal sealed record Violation(string Property, string Found, string Allowed);
