using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Model.JsonSchemas;

/// <summary>Dates and times of RFC 3339, sections 5.6 and 5.7.</summary>
internal static partial class Rfc3339
{
    /// <summary>True for formats that are not checked.</summary>
    public static bool IsValid(string format, string text) => format switch
    {
        "date" => IsDate(text),
        "time" => IsTime(text),
        "date-time" => text.Length > 10 && (text[10] is 'T' or 't') && IsDate(text[..10]) && IsTime(text[11..]),
        _ => true,
    };

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text) => Time().IsMatch(text);

    // A leap second is a second.
    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();
}
