namespace Hybrid.Stacks.Policies;

/// <summary>A deviation that someone answers for: one item of <c>hybrid:policyExceptions</c>.</summary>
/// <param name="Field">Where it stands, such as <c>hybrid:policyExceptions[0]</c>.</param>
/// <param name="Rule">A rule's id.</param>
/// <param name="Resource">A resource's name; * stands for anything.</param>
/// <param name="Until">The last day on which it counts; for ever when null.</param>
internal sealed record PolicyException(string Stack, string Field, string Rule, string Resource, string Reason, DateOnly? Until)
{
    public bool Covers(PolicyFinding finding) =>
        string.Equals(finding.Stack, Stack, StringComparison.Ordinal)
        && string.Equals(finding.Rule.Id, Rule, StringComparison.Ordinal)
        && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Resource, finding.Resource, ignoreCase: false);
}
