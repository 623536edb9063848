using Gateway.Model.Patterns;

namespace Gateway.Model.JsonSchemas;

/// <summary>What is demanded of texts. Lengths are in code points.</summary>
internal sealed record TextRules
{
    public int? MinLength { get; init; }
    public int? MaxLength { get; init; }
    public string? PatternText { get; init; }
    public TextPattern? Pattern { get; init; }

    /// <summary>Checked are <c>date</c>, <c>date-time</c> and <c>time</c> (RFC 3339), as in Kong; others say nothing.</summary>
    public string? Format { get; init; }

    public string? Problem(string value)
    {
        if (MinLength is not null || MaxLength is not null)
        {
            var length = value.EnumerateRunes().Count();
            if (length < MinLength)
            {
                return $"string too short, expected at least {MinLength}, got {length}";
            }

            if (length > MaxLength)
            {
                return $"string too long, expected at most {MaxLength}, got {length}";
            }
        }

        if (Pattern is not null && !Pattern.IsMatch(value, otherwise: false))
        {
            return $"failed to match pattern \"{PatternText}\" with \"{value}\"";
        }

        return Format is not null && !Rfc3339.IsValid(Format, value) ? $"expected valid \"{Format}\", got \"{value}\"" : null;
    }
}
