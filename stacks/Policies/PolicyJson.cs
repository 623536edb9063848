using System.Globalization;

namespace Hybrid.Stacks.Policies;

/// <summary>The report for machines. Its names are a contract: scripts read them.</summary>
internal static class PolicyJson
{
    public static object Write(PolicyReport report) => new
    {
        report.Passes,
        report.Rules,
        Findings = report.Findings.Select(finding => new
        {
            Rule = finding.Rule.Id,
            Severity = PolicyText.Name(finding.Rule.Severity),
            finding.Rule.Title,
            finding.Rule.Source,
            finding.Stack,
            finding.Type,
            finding.Resource,
            finding.Violation.Property,
            finding.Violation.Found,
            finding.Violation.Allowed,
        }),
        Exceptions = report.Exceptions.Select(item => new
        {
            item.Exception.Rule,
            item.Exception.Stack,
            item.Exception.Resource,
            item.Exception.Reason,
            Until = item.Exception.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            item.Findings,
        }),
        report.Problems,
    };

    public static object Write(PolicyRule rule) => new
    {
        rule.Id,
        rule.Title,
        Area = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(rule.Area.ToString()),
        Severity = PolicyText.Name(rule.Severity),
        rule.Source,
        rule.Types,
    };
}
