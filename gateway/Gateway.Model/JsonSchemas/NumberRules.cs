using System.Globalization;

namespace Gateway.Model.JsonSchemas;

/// <summary>What is demanded of numbers.</summary>
internal sealed record NumberRules
{
    public double? Minimum { get; init; }
    public double? Maximum { get; init; }
    public bool IsMinimumExclusive { get; init; }
    public bool IsMaximumExclusive { get; init; }
    public double? MultipleOf { get; init; }

    public string? Problem(double value)
    {
        if (Minimum is { } minimum && (value < minimum || (IsMinimumExclusive && value.Equals(minimum))))
        {
            return string.Create(CultureInfo.InvariantCulture, $"expected {value} to be {(IsMinimumExclusive ? "strictly greater" : "greater")} than {minimum}");
        }

        if (Maximum is { } maximum && (value > maximum || (IsMaximumExclusive && value.Equals(maximum))))
        {
            return string.Create(CultureInfo.InvariantCulture, $"expected {value} to be {(IsMaximumExclusive ? "strictly smaller" : "smaller")} than {maximum}");
        }

        return MultipleOf is { } divisor && !IsMultiple(value, divisor)
            ? string.Create(CultureInfo.InvariantCulture, $"expected {value} to be a multiple of {divisor}")
            : null;
    }

    // 0.3 is a multiple of 0.1 to whoever wrote it.
    private static bool IsMultiple(double value, double divisor)
    {
        var quotient = value / divisor;
        return double.IsFinite(quotient) && Math.Abs(quotient - Math.Round(quotient)) <= 1e-9 * Math.Max(1, Math.Abs(quotient));
    }
}
