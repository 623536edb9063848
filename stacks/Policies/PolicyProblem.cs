namespace Hybrid.Stacks.Policies;

/// <summary>An exception that can't be used: as bad as a finding.</summary>
/// <param name="Field">The key, such as <c>hybrid:policyExceptions[0].until</c>.</param>
internal sealed record PolicyProblem(string Stack, string Field, string Problem, string Allowed)
{
    public override string ToString() => $"{Stack}: {Field}: {Problem}; allowed: {Allowed}";
}
