using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies;

/// <summary>What the rules say of an environment.</summary>
/// <param name="Rules">How many were asked.</param>
/// <param name="Findings">What no exception covers.</param>
/// <param name="Exceptions">Those that cover something, with how many findings each covers.</param>
/// <param name="Problems">Exceptions that can't be used.</param>
internal sealed record PolicyReport(
    int Rules,
    ImmutableArray<PolicyFinding> Findings,
    ImmutableArray<(PolicyException Exception, int Findings)> Exceptions,
    ImmutableArray<PolicyProblem> Problems)
{
    public bool Passes => Problems.IsEmpty && Findings.All(finding => finding.Rule.Severity is not Severity.Error);
}
