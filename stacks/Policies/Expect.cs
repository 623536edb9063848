using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Policies;

/// <summary>What rules ask of a value: nothing when it holds, a violation that says what was found when it doesn't.</summary>
internal static class Expect
{
    public static ImmutableArray<Violation> That(this Node node, bool holds, string allowed) => holds ? [] : [new Violation(node.Path, node.Shown, allowed)];

    public static ImmutableArray<Violation> IsTrue(this Node node) => node.That(node.Flag is true, "true");

    /// <summary>Said, rather than left to a default.</summary>
    public static ImmutableArray<Violation> IsFalse(this Node node) => node.That(node.Flag is false, "false");

    public static ImmutableArray<Violation> IsNotTrue(this Node node) => node.That(node.Flag is not true, "false, or not set");

    public static ImmutableArray<Violation> IsSet(this Node node, string what) => node.That(!node.IsMissing && node.Text is not "", what);

    public static ImmutableArray<Violation> IsOneOf(this Node node, params string[] allowed) =>
        node.That(node.Text is { } text && allowed.Contains(text, StringComparer.Ordinal), string.Join(", ", allowed));

    public static ImmutableArray<Violation> IsWithin(this Node node, double minimum, double maximum = double.PositiveInfinity) => node.That(
        node.Number is { } number && number >= minimum && number <= maximum,
        double.IsPositiveInfinity(maximum)
            ? string.Create(CultureInfo.InvariantCulture, $"at least {minimum}")
            : string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}"));

    /// <summary>A text, of which more is asked.</summary>
    public static ImmutableArray<Violation> IsText(this Node node, Func<string, bool> holds, string allowed) => node.That(node.Text is { } text && holds(text), allowed);

    /// <summary>Of the items as a whole.</summary>
    public static ImmutableArray<Violation> IsList(this Node node, Func<IReadOnlyList<Node>, bool> holds, string allowed) => node.That(holds([.. node.Items]), allowed);

    public static ImmutableArray<Violation> Matches(this Node node, Regex pattern, string allowed) => node.That(node.Text is { } text && pattern.IsMatch(text), allowed);

    /// <summary>All of these among the items.</summary>
    public static ImmutableArray<Violation> Holds(this Node node, params string[] all) =>
        node.That(all.All(item => node.Items.Any(found => string.Equals(found.Text, item, StringComparison.Ordinal))), string.Join(", ", all));
}
