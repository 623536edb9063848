using System.Globalization;
using System.Text;
using System.Xml;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>Writes the few shapes that a drawing needs.</summary>
internal sealed class Svg : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public Svg() => _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, IndentChars = " ", OmitXmlDeclaration = true, NewLineChars = "\n" });

    public void Start(double width, double height, string title, string description, string style)
    {
        _xml.WriteStartElement("svg", Namespace);
        Attribute("viewBox", $"0 0 {Number(width)} {Number(height)}");
        Attribute("width", Number(width));
        Attribute("height", Number(height));
        Attribute("role", "img");
        Attribute("aria-labelledby", "title description");
        Element("title", title, ("id", "title"));
        Element("desc", description, ("id", "description"));
        Element("style", style);
    }

    public string End()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    /// <summary>What belongs together, with what a pointer on it tells.</summary>
    public void Group(string title, Action content)
    {
        _xml.WriteStartElement("g", Namespace);
        Element("title", title);
        content();
        _xml.WriteEndElement();
    }

    public void Rectangle(string style, double x, double y, double width, double height, double radius) => Element(
        "rect", text: null, ("class", style), ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("rx", Number(radius)));

    public void Circle(string style, double x, double y, double radius) =>
        Element("circle", text: null, ("class", style), ("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)));

    public void Text(string style, double x, double y, string text, string anchor = "start") =>
        Element("text", text, ("class", style), ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor));

    public void Line(string style, params ReadOnlySpan<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            path.Append(path.Length is 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
        }

        Element("path", text: null, ("class", style), ("d", path.ToString()));
    }

    /// <param name="direction">1 for an arrow to the right, -1 for one to the left.</param>
    public void ArrowHead(string style, double x, double y, int direction) => Element(
        "path",
        text: null,
        ("class", style),
        ("d", $"M{Number(x)} {Number(y)}L{Number(x - (7 * direction))} {Number(y - 4)}L{Number(x - (7 * direction))} {Number(y + 4)}Z"));

    public void Dispose() => _xml.Dispose();

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private void Element(string name, string? text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(name, Namespace);
        foreach (var (attribute, value) in attributes)
        {
            Attribute(attribute, value);
        }

        if (text is not null)
        {
            _xml.WriteString(text);
        }

        _xml.WriteEndElement();
    }

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, value);
}
