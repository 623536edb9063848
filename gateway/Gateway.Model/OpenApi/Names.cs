using System.Text;

namespace Gateway.Model.OpenApi;

/// <summary>Names of entities from what people wrote.</summary>
internal static class Names
{
    /// <summary>Letters (of any alphabet), digits and <c>. - _ ~</c> stay, as Kong's names may have them; runs of all else become one hyphen.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter) || letter is '.' or '_' or '~')
            {
                name.Append(letter);
            }
            else if (name.Length > 0 && name[^1] is not '-')
            {
                name.Append('-');
            }
        }

        var trimmed = name.ToString().Trim('-');
        return trimmed.Length > 0 ? trimmed.Replace("-~", "~", StringComparison.Ordinal) : "api";
    }
}
