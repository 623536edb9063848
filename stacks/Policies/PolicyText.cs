namespace Hybrid.Stacks.Policies;

/// <summary>The report for people: by rule, errors first, one line for each finding.</summary>
internal static class PolicyText
{
    public static void Write(PolicyReport report, TextWriter writer)
    {
        foreach (var group in report.Findings.GroupBy(finding => finding.Rule.Id, StringComparer.Ordinal).OrderBy(group => group.First().Rule.Severity).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            var rule = group.First().Rule;
            writer.WriteLine($"{Name(rule.Severity)} {rule.Id}: {rule.Title} ({rule.Source.Document}, {rule.Source.Control})");
            foreach (var finding in group)
            {
                var (property, found, allowed) = finding.Violation;
                var place = property.Length is 0 ? "" : $"{property}: ";
                writer.WriteLine($"  {finding.Stack}: {finding.Type} {finding.Resource}: {place}{found}; allowed: {allowed}");
            }
        }

        foreach (var problem in report.Problems)
        {
            writer.WriteLine($"{Name(Severity.Error)} {problem}");
        }

        foreach (var (exception, findings) in report.Exceptions)
        {
            var until = exception.Until is { } day ? FormattableString.Invariant($", until {day:yyyy-MM-dd}") : "";
            writer.WriteLine($"excepted {exception.Rule} at {exception.Stack}: {exception.Resource} ({Count(findings, "finding")}{until}): {exception.Reason}");
        }

        writer.WriteLine($"{Count(report.Rules, "rule")}, {Count(report.Findings.Length, "finding")}, {Count(report.Exceptions.Length, "exception")}");
    }

    public static string Name(Severity severity) => severity is Severity.Error ? "error" : "warning";

    private static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count is 1 ? "" : "s")}");
}
