using System.Text;

namespace Gateway.Plugins;

/// <summary>A path that a plugin wants upstream, made fit for a request line: escapes stay, what may not stand there is escaped.</summary>
internal static class UpstreamPathText
{
    public static string Of(string path)
    {
        var text = new StringBuilder(path.Length + 8);
        if (!path.StartsWith('/'))
        {
            text.Append('/');
        }

        foreach (var rune in path.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value > ' ' && rune.Value != 127 && rune.Value is not ('?' or '#' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
            {
                text.Append((char)rune.Value);
            }
            else
            {
                text.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return text.ToString();
    }
}
