using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Headers that plugins set before there is a response. They replace the upstream's of the same name.</summary>
public sealed class PendingHeaders
{
    private KeyValuePair<string, StringValues>[] _headers = new KeyValuePair<string, StringValues>[8];
    private int _count;
    private List<KeyValuePair<string, string>>? _added;

    public void Set(string name, StringValues value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_headers[i].Key, name, StringComparison.OrdinalIgnoreCase))
            {
                _headers[i] = new(name, value);
                return;
            }
        }

        if (_count == _headers.Length)
        {
            Array.Resize(ref _headers, _count * 2);
        }

        _headers[_count++] = new(name, value);
    }

    public bool Contains(string name)
    {
        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_headers[i].Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a value beside the upstream's of the same name, such as a cookie.</summary>
    public void Append(string name, string value) => (_added ??= []).Add(new(name, value));

    internal void CopyTo(IHeaderDictionary headers)
    {
        for (var i = 0; i < _count; i++)
        {
            headers[_headers[i].Key] = _headers[i].Value;
        }

        foreach (var (name, value) in _added ?? [])
        {
            headers[name] = StringValues.Concat(headers[name], value);
        }
    }

    internal void Clear()
    {
        Array.Clear(_headers, 0, _count);
        _count = 0;
        _added = null;
    }
}
