using System.Text;

namespace Gateway.Model.Templates;

/// <summary>Reads one expression: <c>or</c> binds weakest, then <c>..</c>, then what they join.</summary>
internal sealed class TemplateParser(string text, int start)
{
    private const string Supported = "source.key, source[\"key\"], source[1], texts, numbers, or, .., parentheses";
    private const int MaxDepth = 32;

    private int _depth;

    /// <summary>Behind what was read.</summary>
    public int Position { get; private set; } = start;

    public string? Problem { get; private set; }

    /// <summary>An expression and its closing parenthesis; null and a <see cref="Problem"/> where it is none.</summary>
    public TemplateNode? ParseToClosing()
    {
        if (++_depth > MaxDepth)
        {
            return Fail("expression is nested too deep");
        }

        var expression = Or();
        _depth--;
        if (expression is null)
        {
            return null;
        }

        SkipSpace();
        if (Position == text.Length)
        {
            return Fail("')' is missing");
        }

        if (text[Position] == '(')
        {
            return Fail($"function calls are not supported in templates (allowed: {Supported})");
        }

        return Take(')') ? expression : Unexpected();
    }

    private TemplateNode? Or()
    {
        var first = Concatenation();
        while (first is not null && TakeWord("or"))
        {
            first = Concatenation() is { } second ? new TemplateNode.Or(first, second) : null;
        }

        return first;
    }

    private TemplateNode? Concatenation()
    {
        var first = Primary();
        while (first is not null && TakeText(".."))
        {
            first = Primary() is { } second ? new TemplateNode.Concatenation(first, second) : null;
        }

        return first;
    }

    private TemplateNode? Primary()
    {
        SkipSpace();
        if (Position == text.Length)
        {
            return Fail("')' is missing");
        }

        var next = text[Position];
        if (next is '"' or '\'')
        {
            return Quoted() is { } quoted ? new TemplateNode.Literal(quoted) : null;
        }

        if (char.IsAsciiDigit(next))
        {
            return new TemplateNode.Literal(Number());
        }

        if (Take('('))
        {
            return ParseToClosing();
        }

        if (!char.IsAsciiLetter(next) && next != '_')
        {
            return Unexpected();
        }

        var name = Name();
        return name switch
        {
            "nil" => new TemplateNode.Literal(null),
            _ when Template.Sources.Contains(name, StringComparer.Ordinal) => Lookup(name),
            _ => Fail($"'{name}' is not supported in templates (allowed: {string.Join(", ", Template.Sources)})"),
        };
    }

    private TemplateNode? Lookup(string source)
    {
        if (Position + 1 < text.Length && text[Position] == '.' && (char.IsAsciiLetter(text[Position + 1]) || text[Position + 1] == '_'))
        {
            Position++;
            return new TemplateNode.Lookup(source, Name());
        }

        SkipSpace();
        if (!Take('['))
        {
            return Fail($"'{source}' needs a key: {source}.name or {source}[\"name\"]");
        }

        SkipSpace();
        var key = Position < text.Length && char.IsAsciiDigit(text[Position]) ? Number() : Quoted();
        SkipSpace();
        return key is null ? null : Take(']') ? new TemplateNode.Lookup(source, key) : Unexpected();
    }

    private string Name()
    {
        var begin = Position;
        while (Position < text.Length && (char.IsAsciiLetterOrDigit(text[Position]) || text[Position] == '_'))
        {
            Position++;
        }

        return text[begin..Position];
    }

    private string Number()
    {
        var begin = Position;
        while (Position < text.Length && char.IsAsciiDigit(text[Position]))
        {
            Position++;
        }

        return text[begin..Position];
    }

    private string? Quoted()
    {
        if (Position == text.Length || text[Position] is not ('"' or '\''))
        {
            Unexpected();
            return null;
        }

        var quote = text[Position++];
        var value = new StringBuilder();
        while (Position < text.Length && text[Position] != quote)
        {
            var c = text[Position++];
            if (c == '\\' && Position < text.Length)
            {
                var escaped = text[Position++];
                if (escaped is not ('\\' or '"' or '\''))
                {
                    Fail($"the escape '\\{escaped}' is not supported in templates");
                    return null;
                }

                c = escaped;
            }

            value.Append(c);
        }

        if (Position == text.Length)
        {
            Fail($"the closing {quote} is missing");
            return null;
        }

        Position++;
        return value.ToString();
    }

    private bool TakeWord(string word)
    {
        SkipSpace();
        var end = Position + word.Length;
        if (string.CompareOrdinal(text, Position, word, 0, word.Length) != 0 || (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')))
        {
            return false;
        }

        Position = end;
        return true;
    }

    private bool TakeText(string wanted)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, Position, wanted, 0, wanted.Length) != 0)
        {
            return false;
        }

        Position += wanted.Length;
        return true;
    }

    private bool Take(char wanted)
    {
        if (Position == text.Length || text[Position] != wanted)
        {
            return false;
        }

        Position++;
        return true;
    }

    private void SkipSpace()
    {
        while (Position < text.Length && (text[Position] is ' ' or '\t'))
        {
            Position++;
        }
    }

    private TemplateNode? Unexpected()
    {
        var begin = Position;
        var end = begin;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        return Fail(begin == text.Length ? "')' is missing" : $"'{text[begin..Math.Max(end, begin + 1)]}' is not supported in templates (allowed: {Supported})");
    }

    private TemplateNode? Fail(string problem)
    {
        Problem ??= problem;
        return null;
    }
}
