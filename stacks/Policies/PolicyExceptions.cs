using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Policies;

/// <summary>
/// Reads <c>hybrid:policyExceptions</c> of a stack: a list of <c>{ rule, resource, reason, until? }</c>. Collects every error, so that they are mended in one go.
/// </summary>
internal sealed class PolicyExceptions(IReadOnlyList<PolicyRule> rules, DateOnly today)
{
    public const string Key = "policyExceptions";

    private const int ReasonWords = 4;

    private static readonly ImmutableArray<string> Names = ["rule", "resource", "reason", "until"];

    private readonly ImmutableArray<PolicyException>.Builder _read = ImmutableArray.CreateBuilder<PolicyException>();
    private readonly ImmutableArray<PolicyProblem>.Builder _problems = ImmutableArray.CreateBuilder<PolicyProblem>();

    public ImmutableArray<PolicyException> Read => _read.ToImmutable();

    public ImmutableArray<PolicyProblem> Problems => _problems.ToImmutable();

    public void Add(StackFile stack)
    {
        if (stack[Key] is not { Length: > 0 } text)
        {
            return;
        }

        const string Field = $"hybrid:{Key}";
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            _problems.Add(new(stack.Stack, Field, "it is not a list", "a list of { rule, resource, reason, until? }"));
            return;
        }

        using (document)
        {
            if (document.RootElement.ValueKind is not JsonValueKind.Array)
            {
                _problems.Add(new(stack.Stack, Field, "it is not a list", "a list of { rule, resource, reason, until? }"));
                return;
            }

            var index = 0;
            foreach (var item in document.RootElement.EnumerateArray())
            {
                Add(stack.Stack, $"{Field}[{index++}]", item);
            }
        }
    }

    private void Add(string stack, string field, JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            _problems.Add(new(stack, field, "it is not a map", "{ rule, resource, reason, until? }"));
            return;
        }

        var before = _problems.Count;
        foreach (var member in item.EnumerateObject().Where(member => !Names.Contains(member.Name, StringComparer.Ordinal)))
        {
            _problems.Add(new(stack, $"{field}.{member.Name}", "it is not known here", string.Join(", ", Names)));
        }

        var rule = Text(item, "rule");
        if (!rules.Any(known => string.Equals(known.Id, rule, StringComparison.Ordinal)))
        {
            _problems.Add(new(stack, $"{field}.rule", rule is null ? "required, but not set" : $"'{rule}' is not known", "an id that `hybrid policies` lists"));
        }

        var resource = Text(item, "resource");
        if (resource is null)
        {
            _problems.Add(new(stack, $"{field}.resource", "required, but not set", "a resource's name, in which * stands for anything"));
        }

        var reason = Text(item, "reason");
        if (reason is null || reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length < ReasonWords)
        {
            _problems.Add(new(stack, $"{field}.reason", reason is null ? "required, but not set" : $"'{reason}' explains nothing", $"at least {ReasonWords} words"));
        }

        DateOnly? until = null;
        if (item.TryGetProperty("until", out _))
        {
            var date = Text(item, "until");
            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                _problems.Add(new(stack, $"{field}.until", $"'{date}' is not a date", "such as 2027-03-31"));
            }
            else if (day < today)
            {
                _problems.Add(new(stack, $"{field}.until", string.Create(CultureInfo.InvariantCulture, $"it expired on {day:yyyy-MM-dd}"), "a day to come, or no exception"));
            }

            until = day;
        }

        if (_problems.Count == before)
        {
            _read.Add(new PolicyException(stack, field, rule!, resource!, reason!, until));
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
