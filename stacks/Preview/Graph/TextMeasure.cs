using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>
/// Estimates how wide a text will be, after the widest of the fonts that a browser is likely to have (DejaVu Sans), so that nothing runs over in another.
/// </summary>
internal static class TextMeasure
{
    private const string Ellipsis = "…";

    public static double Width(string text, double size, bool bold = false) => text.Sum(Width) * size * (bold ? 1.1 : 1);

    public static string Fit(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
        {
            return text;
        }

        var length = text.Length;
        while (length > 1 && Width(text[..length] + Ellipsis, size, bold) > width)
        {
            length--;
        }

        return text[..length] + Ellipsis;
    }

    /// <summary>Breaks between words; a word that is too long is cut.</summary>
    public static ImmutableArray<string> Wrap(IEnumerable<string> words, double size, double width)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var line = "";
        foreach (var word in words)
        {
            var longer = line.Length is 0 ? word : $"{line} {word}";
            if (Width(longer, size) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = Fit(word, size, width);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines.ToImmutable();
    }

    /// <summary>In parts of the font's size.</summary>
    private static double Width(char letter) => letter switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.32,
        'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '-' or '/' => 0.4,
        'm' or 'w' or 'M' or 'W' or '@' or '…' or '×' => 0.98,
        >= 'A' and <= 'Z' => 0.72,
        _ => 0.63,
    };
}
