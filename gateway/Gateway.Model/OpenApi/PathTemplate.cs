using System.Globalization;
using System.Text;

namespace Gateway.Model.OpenApi;

/// <summary>A path with templates, <c>/pets/{petId}</c>, as a regular expression of Kong's, <c>/pets/(?&lt;petId&gt;[^/]+)$</c>.</summary>
/// <param name="Groups">The group of each template: its name, where an expression can hold it.</param>
internal sealed record PathTemplate(string Pattern, IReadOnlyDictionary<string, string> Groups)
{
    // PCRE's bound of a group's name.
    private const int LongestGroup = 32;

    public static PathTemplate? Read(string path, string where, List<ModelError> errors)
    {
        if (!path.StartsWith('/'))
        {
            errors.Add(new ModelError(where, "should start with: /"));
            return null;
        }

        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        var pattern = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '{':
                    var end = path.IndexOf('}', i);
                    var name = end < 0 ? "" : path[(i + 1)..end];
                    if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || name.Contains('{', StringComparison.Ordinal) || !groups.TryAdd(name, Group(name, groups)))
                    {
                        errors.Add(new ModelError(where, "is no path with templates", "{name}, each name once, such as /pets/{petId}"));
                        return null;
                    }

                    pattern.Append("(?<").Append(groups[name]).Append(">[^/]+)");
                    i = end;
                    break;
                case '?' or '#':
                    errors.Add(new ModelError(where, $"has a '{path[i]}', which no path has", "parameters of the query in the operation's parameters"));
                    return null;
                case var letter when char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '~' or '%' or ' ' or '@' or ':' or '=' or '&' or ',' or ';' or '!' or '\'' || !char.IsAscii(letter):
                    pattern.Append(letter);
                    break;
                default:
                    pattern.Append('\\').Append(path[i]);
                    break;
            }
        }

        return new PathTemplate(pattern.Append('$').ToString(), groups);
    }

    private static string Group(string name, Dictionary<string, string> groups)
    {
        var group = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        group = char.IsAsciiDigit(group[0]) ? "_" + group : group;
        group = group.Length > LongestGroup ? group[..LongestGroup] : group;
        return groups.ContainsValue(group) ? string.Create(CultureInfo.InvariantCulture, $"p{groups.Count}") : group;
    }
}
