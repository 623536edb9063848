using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.ResponseTransformer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ResponseTransformer;

/// <summary>Kong's <c>response-transformer</c>: headers of every response, and the members of those that are JSON.</summary>
internal sealed class ResponseTransformerPlugin : PluginInstance
{
    private readonly string[] _remove;
    private readonly NamedValue[] _rename;
    private readonly NamedValue[] _replace;
    private readonly NamedValue[] _add;
    private readonly NamedValue[] _append;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? _body;

    public ResponseTransformerPlugin(ResponseTransformerConfig config)
        : base(new PluginPhases { Response = PhaseMode.Inline })
    {
        _remove = [.. config.Remove.Headers.Select(name => name.Split(':')[0])];
        _rename = Pairs(config.Rename.Headers);
        _replace = Pairs(config.Replace.Headers);
        _add = Pairs(config.Add.Headers);
        _append = Pairs(config.Append.Headers);
        var members = new JsonMembers(config);
        _body = members.IsEmpty ? null : members.Apply;
    }

    public override ValueTask ResponseAsync(RequestContext context)
    {
        var response = context.Http.Response;
        Transform(response.Headers);
        if (_body is not null
            && response.ContentType is { } type
            && type.Contains("application/json", StringComparison.OrdinalIgnoreCase)
            && response.Headers.ContentEncoding is ([] or ["identity"]))
        {
            context.TransformResponseBody(_body);
        }

        return ValueTask.CompletedTask;
    }

    private void Transform(IHeaderDictionary headers)
    {
        foreach (var name in _remove)
        {
            headers.Remove(name);
        }

        foreach (var (from, to) in _rename)
        {
            if (headers.TryGetValue(from, out var values))
            {
                headers.Remove(from);
                headers[to] = values;
            }
        }

        foreach (var (name, value) in _replace)
        {
            if (headers.ContainsKey(name))
            {
                headers[name] = value;
            }
        }

        foreach (var (name, value) in _add)
        {
            if (!headers.ContainsKey(name))
            {
                headers[name] = value;
            }
        }

        foreach (var (name, value) in _append)
        {
            headers[name] = StringValues.Concat(headers[name], value);
        }
    }

    // Those without a value do nothing, as in Kong.
    private static NamedValue[] Pairs(IReadOnlyList<string> pairs) =>
    [
        .. pairs.Select(pair => (Pair: pair, Colon: pair.IndexOf(':', StringComparison.Ordinal)))
            .Select(entry => new NamedValue(entry.Pair[..entry.Colon], entry.Pair[entry.Colon..].TrimStart(':')))
            .Where(entry => entry.Value.Length > 0),
    ];

    private sealed record NamedValue(string Name, string Value);
}
