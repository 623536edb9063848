using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Model.Templates;

/// <summary>
/// Kong's templates in config values: text with <c>$(expressions)</c>. In Kong an expression is Lua; here it is the part of it that looks things up: a source with a
/// key (<c>headers.x</c>, <c>query_params["a b"]</c>, <c>uri_captures[1]</c>), texts, numbers, <c>or</c>, <c>..</c> and parentheses. Anything else is refused by name.
/// </summary>
public sealed class Template
{
    /// <summary>What an expression can look things up in.</summary>
    public static readonly IReadOnlyList<string> Sources = ["headers", "query_params", "uri_captures", "shared", "consumer"];

    private readonly TemplateNode[] _parts;

    private Template(TemplateNode[] parts) => _parts = parts;

    /// <summary>False where every request gets the same text.</summary>
    public bool IsDynamic => Array.Exists(_parts, part => part is not TemplateNode.Literal);

    /// <param name="problem">What is not understood, where the result is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out string? problem)
    {
        template = null;
        problem = null;
        var parts = new List<TemplateNode>();
        var rest = text;
        while (rest.Length > 0)
        {
            var start = rest.IndexOf("$(", StringComparison.Ordinal);
            if (start != 0)
            {
                parts.Add(new TemplateNode.Literal(start < 0 ? rest : rest[..start]));
                rest = start < 0 ? string.Empty : rest[start..];
                continue;
            }

            var parser = new TemplateParser(rest, start: 2);
            if (parser.ParseToClosing() is not { } expression)
            {
                problem = parser.Problem!;
                return false;
            }

            parts.Add(expression);
            rest = rest[parser.Position..];
        }

        template = new Template([.. parts]);
        return true;
    }

    /// <summary>The text for one request. What has no value is empty, as in Kong.</summary>
    public string Render(ITemplateScope scope)
    {
        if (_parts is [var only])
        {
            return only.Evaluate(scope) ?? string.Empty;
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.Evaluate(scope));
        }

        return text.ToString();
    }
}
