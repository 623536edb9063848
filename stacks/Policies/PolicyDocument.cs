using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Hybrid.Stacks.Policies;

/// <summary>The rules as a page of the documentation.</summary>
internal static class PolicyDocument
{
    public const string Path = "docs/policies.md";

    private static readonly ImmutableDictionary<PolicyArea, string> Titles = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create(PolicyArea.EncryptionAtRest, "Encryption at rest"),
        KeyValuePair.Create(PolicyArea.EncryptionInTransit, "Encryption in transit"),
        KeyValuePair.Create(PolicyArea.Exposure, "Exposure"),
        KeyValuePair.Create(PolicyArea.Access, "Access"),
        KeyValuePair.Create(PolicyArea.Logging, "Logging"),
        KeyValuePair.Create(PolicyArea.Recovery, "Backups and deletion"),
        KeyValuePair.Create(PolicyArea.Availability, "Availability"),
        KeyValuePair.Create(PolicyArea.Compute, "Cluster and nodes"),
        KeyValuePair.Create(PolicyArea.Workloads, "Workloads"),
        KeyValuePair.Create(PolicyArea.Certificates, "Certificates and keys"),
        KeyValuePair.Create(PolicyArea.Combinations, "Combinations that exist"),
        KeyValuePair.Create(PolicyArea.Names, "Names"),
        KeyValuePair.Create(PolicyArea.Governance, "Accounts, tags and stacks"),
    ]);

    public static string Write(ImmutableArray<PolicyRule> rules)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            # Policies

            `./hybrid preview ENV` asks these {{rules.Length}} rules about every resource of the environment. A finding is an error or a warning; with an error the command ends with exit code 3
            (1 is for a preview that can't be made). `--policy advisory` shows the findings and ends with 0. `--json` has them under `policies`.

            A rule that an environment has a reason to break is excepted in the configuration of the stack that breaks it:

            ```yaml
            hybrid:policyExceptions:
              - rule: nat-per-zone
                resource: network-vpc        # the resource's name; * stands for anything
                reason: One NAT gateway is enough for a test environment
                until: 2027-06-30            # optional: the last day on which it counts
            ```

            A reason has at least four words. An exception that names an unknown rule, matches nothing or has expired is an error itself, so that none outlives its cause.

            "Protected" are the environments whose configuration does not say `hybrid:protect: "false"`.

            This page is made from the rules by `./hybrid policies --write-docs`.

            """);
        foreach (var area in rules.GroupBy(rule => rule.Area).OrderBy(group => group.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Titles[area.Key]}\n\n| rule | what is true when it holds | source |\n| --- | --- | --- |\n");
            foreach (var rule in area)
            {
                var warning = rule.Severity is Severity.Warning ? " (warning)" : "";
                text.Append(CultureInfo.InvariantCulture, $"| `{rule.Id}`{warning} | {rule.Title} | {rule.Source.Document}: [{rule.Source.Control}]({rule.Source.Address}) |\n");
            }
        }

        return text.ToString();
    }
}
