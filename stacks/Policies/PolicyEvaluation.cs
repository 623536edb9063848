using System.Collections.Immutable;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Policies;

/// <summary>Asks every rule about every resource of an environment.</summary>
internal static class PolicyEvaluation
{
    private const string ProtectKey = "protect";

    /// <param name="files">The configuration of the environment's stacks: whether it is protected, and its exceptions.</param>
    /// <param name="today">Exceptions may end.</param>
    public static PolicyReport Run(PreviewedEnvironment environment, IReadOnlyList<StackFile> files, DateOnly today) =>
        Run(environment, files, PolicyRules.All, today);

    public static PolicyReport Run(PreviewedEnvironment environment, IReadOnlyList<StackFile> files, ImmutableArray<PolicyRule> rules, DateOnly today)
    {
        var exceptions = new PolicyExceptions(rules, today);
        foreach (var file in files)
        {
            exceptions.Add(file);
        }

        var open = ImmutableArray.CreateBuilder<PolicyFinding>();
        var covered = exceptions.Read.ToDictionary(exception => exception, _ => 0);
        foreach (var finding in Findings(environment, files, rules))
        {
            var covering = exceptions.Read.Where(exception => exception.Covers(finding)).ToArray();
            foreach (var exception in covering)
            {
                covered[exception]++;
            }

            if (covering.Length is 0)
            {
                open.Add(finding);
            }
        }

        var idle = exceptions.Read
            .Where(exception => covered[exception] is 0)
            .Select(exception => new PolicyProblem(
                exception.Stack,
                exception.Field,
                $"it matches nothing: {exception.Rule} finds nothing at '{exception.Resource}'",
                "an exception for a finding, or none"));
        return new PolicyReport(
            rules.Length,
            open.ToImmutable(),
            [.. exceptions.Read.Where(exception => covered[exception] > 0).Select(exception => (exception, covered[exception]))],
            [.. exceptions.Problems, .. idle]);
    }

    private static IEnumerable<PolicyFinding> Findings(PreviewedEnvironment environment, IReadOnlyList<StackFile> files, ImmutableArray<PolicyRule> rules)
    {
        var byType = rules.SelectMany(rule => rule.Types.Select(type => (type, rule))).ToLookup(pair => pair.type, pair => pair.rule, StringComparer.Ordinal);
        foreach (var stack in environment.Stacks)
        {
            var file = files.Single(file => string.Equals(file.Stack, stack.Name, StringComparison.Ordinal));
            var isProtected = file[ProtectKey] is not "false";
            foreach (var resource in stack.Resources)
            {
                var subject = new Subject(stack, resource, isProtected);
                foreach (var rule in byType[resource.Type])
                {
                    foreach (var violation in rule.Check(subject))
                    {
                        yield return new PolicyFinding(rule, stack.Name, resource.Type, resource.Name, violation);
                    }
                }
            }
        }
    }
}
