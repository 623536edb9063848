using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Hybrid.Infra.Validation;

/// <summary>The checks that the components' arguments share. Each throws <see cref="InvalidArgumentsException"/>.</summary>
internal static partial class Check
{
    public static void That([DoesNotReturnIf(false)] bool condition, string field, string problem, string allowed)
    {
        if (!condition)
        {
            throw new InvalidArgumentsException(field, problem, allowed);
        }
    }

    public static void InRange<T>(T value, T minimum, T maximum, string field)
        where T : INumber<T> =>
        That(value >= minimum && value <= maximum, field, $"{value} is out of range", $"{minimum} to {maximum}");

    public static void OneOf<T>(T value, IReadOnlyCollection<T> allowed, string field) =>
        That(allowed.Contains(value), field, $"'{value}' is not known", string.Join(", ", allowed));

    public static void Matches(string value, Regex pattern, string field, string allowed) =>
        That(pattern.IsMatch(value), field, $"'{value}' is malformed", allowed);

    public static void Length(string value, int minimum, int maximum, string field) =>
        That(value.Length >= minimum && value.Length <= maximum, field, $"'{value}' has {value.Length} characters", $"{minimum} to {maximum} characters");

    /// <summary>CloudWatch knows these retention times only.</summary>
    public static void LogRetention(int days, string field) => OneOf(days, RetentionDays, field);

    public static void DnsName(string value, string field) =>
        That(value.Length <= 253 && DnsNamePattern().IsMatch(value), field, $"'{value}' is not a DNS name", "labels of a-z, 0-9 and -, joined by dots");

    public static void AccountId(string value, string field) => Matches(value, AccountPattern(), field, "twelve digits");

    /// <summary>A name that the objects of Kubernetes and most of AWS's accept.</summary>
    public static void Slug(string value, int maximum, string field) =>
        That(
            value.Length <= maximum && SlugPattern().IsMatch(value),
            field,
            $"'{value}' is not a name",
            $"a letter, then a-z, 0-9 and -, not at the end, at most {maximum} characters");

    private static readonly int[] RetentionDays =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsNamePattern();

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccountPattern();

    [GeneratedRegex("^[a-z]([a-z0-9-]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SlugPattern();
}
