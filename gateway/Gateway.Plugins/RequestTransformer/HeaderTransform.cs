using Gateway.DataPlane.Pipeline;
using Gateway.Model.Templates;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>The operations on headers. Host can be replaced, and nothing else be done to it.</summary>
internal static class HeaderTransform
{
    private const string Host = "Host";

    public static void Apply(Operations operations, RequestContext context, ITemplateScope scope)
    {
        var headers = context.Http.Request.Headers;
        foreach (var (name, _) in operations.Remove)
        {
            if (!IsHost(name))
            {
                headers.Remove(name);
            }
        }

        foreach (var (name, value) in operations.Rename)
        {
            if (!IsHost(name) && value?.Render(scope) is { Length: > 0 } to && headers.TryGetValue(name, out var values))
            {
                headers.Remove(name);
                headers[to] = values;
            }
        }

        foreach (var (name, value) in operations.Replace)
        {
            if (value is null)
            {
                continue;
            }

            if (IsHost(name))
            {
                context.Upstream.HostHeader = Text(value, scope);
            }
            else if (headers.ContainsKey(name))
            {
                headers[name] = Text(value, scope);
            }
        }

        foreach (var (name, value) in operations.Add)
        {
            if (value is not null && !IsHost(name) && !headers.ContainsKey(name))
            {
                headers[name] = Text(value, scope);
            }
        }

        foreach (var (name, value) in operations.Append)
        {
            if (value is not null && !IsHost(name))
            {
                headers[name] = StringValues.Concat(headers[name], Text(value, scope));
            }
        }
    }

    // A template may bring a client's line breaks along, which would end the header.
    private static string Text(Template value, ITemplateScope scope)
    {
        var text = value.Render(scope);
        foreach (var c in text)
        {
            if (char.IsControl(c) && c != '\t')
            {
                return string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? Uri.HexEscape(c) : c.ToString()));
            }
        }

        return text;
    }

    private static bool IsHost(string name) => name.Equals(Host, StringComparison.OrdinalIgnoreCase);
}
