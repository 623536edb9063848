using System.Text;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Writes indented lines; always ends them with a line feed, so that output does not depend on the machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
        }

        _text.Append('\n');
    }

    public void Block(string head, Action body, string tail = "}")
    {
        Line(head);
        Line("{");
        _depth++;
        body();
        _depth--;
        Line(tail);
    }

    public override string ToString() => _text.ToString();
}
