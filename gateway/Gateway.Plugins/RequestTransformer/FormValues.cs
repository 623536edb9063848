using System.Text;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>Names and values of a query or a form, in their order; a name may stand several times, and without a value.</summary>
internal sealed class FormValues
{
    private readonly List<(string Name, string? Value)> _values = [];

    public int Count => _values.Count;

    public static FormValues ParseQuery(string? query) => Parse(query is ['?', ..] ? query[1..] : query);

    public static FormValues Parse(string? text)
    {
        var form = new FormValues();
        foreach (var pair in (text ?? string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            form._values.Add(equals < 0 ? (Decode(pair), null) : (Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }

        return form;
    }

    public bool Contains(string name) => _values.Exists(entry => entry.Name == name);

    public string? First(string name) => _values.Find(entry => entry.Name == name).Value;

    public bool Remove(string name) => _values.RemoveAll(entry => entry.Name == name) > 0;

    public void Append(string name, string? value) => _values.Add((name, value));

    /// <summary>In the first one's place; the others of that name go.</summary>
    public void Set(string name, string value)
    {
        var first = _values.FindIndex(entry => entry.Name == name);
        if (first < 0)
        {
            _values.Add((name, value));
            return;
        }

        _values[first] = (name, value);
        for (var i = _values.Count - 1; i > first; i--)
        {
            if (_values[i].Name == name)
            {
                _values.RemoveAt(i);
            }
        }
    }

    /// <summary>All values move to the new name, and replace what it had.</summary>
    public void Rename(string from, string to)
    {
        if (from == to || !Contains(from))
        {
            return;
        }

        Remove(to);
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Name == from)
            {
                _values[i] = (to, _values[i].Value);
            }
        }
    }

    public void AppendAll(FormValues other) => _values.AddRange(other._values);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _values)
        {
            if (text.Length > 0)
            {
                text.Append('&');
            }

            text.Append(Uri.EscapeDataString(name));
            if (value is not null)
            {
                text.Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return text.ToString();
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
