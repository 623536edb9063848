using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What a service takes as a name.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="What">What is named, with its article.</param>
/// <param name="Property">The input with the name. Where it is not given, Pulumi makes a name: the resource's, a dash and seven digits.</param>
/// <param name="Maximum">Null where the service documents none.</param>
/// <param name="Pattern">Of the whole name.</param>
/// <param name="Allowed">The pattern in words.</param>
internal sealed record NameLimit(string Id, string What, string Type, string Property, int Minimum, int? Maximum, string Pattern, string Allowed, PolicySource Source)
{
    /// <summary>What Pulumi puts before the names that it makes.</summary>
    public string GeneratedPrefix { get; init; } = "";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public PolicyRule Rule()
    {
        var pattern = new Regex($"^(?:{Pattern})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Limit);
        var allowed = string.Create(CultureInfo.InvariantCulture, $"{(Maximum is null ? $"at least {Minimum}" : $"{Minimum} to {Maximum}")} characters: {Allowed}");
        return new PolicyRule
        {
            Id = Id,
            Title = $"The name of {What} is one that the service takes",
            Area = PolicyArea.Names,
            Source = Source,
            Types = [Type],
            Check = subject => Violations(subject, pattern, allowed),
        };
    }

    private ImmutableArray<Violation> Violations(Subject subject, Regex pattern, string allowed)
    {
        var name = subject[Property].Text ?? GeneratedPrefix + Subject.Generated(subject.Resource.Name);
        return name.Length >= Minimum && (Maximum is null || name.Length <= Maximum) && pattern.IsMatch(name)
            ? []
            : [new Violation(Property, string.Create(CultureInfo.InvariantCulture, $"'{name}' ({name.Length} characters)"), allowed)];
    }
}
