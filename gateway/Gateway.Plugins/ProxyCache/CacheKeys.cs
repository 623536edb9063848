using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.ProxyCache;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>
/// What makes two requests the same: plugin and its generation, route, consumer, method, scheme, host, path, query, configured headers, body. Where no plugin found out who calls,
/// the request's own <c>Authorization</c> counts, so that nobody is given what was made for somebody else.
/// </summary>
internal sealed class CacheKeys(Guid plugin, ProxyCacheConfig config)
{
    private readonly string[] _headers = [.. (config.VaryHeaders ?? []).Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    private readonly HashSet<string>? _parameters = config.VaryQueryParams is { } names ? [.. names] : null;
    private readonly string _start = string.Create(CultureInfo.InvariantCulture, $"{plugin:N}\n{config.Generation}\n");

    /// <returns>64 hexadecimal digits.</returns>
    public string Of(RequestContext context, ReadOnlyMemory<byte> body)
    {
        var http = context.Http;
        var text = new StringBuilder(_start);
        text.Append(context.Route?.Id).Append('\n').Append(context.Consumer?.Id).Append('\n');
        text.Append(http.Request.Method).Append('\n').Append(context.Scheme).Append('\n').Append(http.Request.Host.Value?.ToLowerInvariant()).Append('\n');
        text.Append(config.IgnoreUriCase ? context.Path.ToString().ToLowerInvariant() : context.Path).Append('\n');
        AppendQuery(text, http.Request.QueryString.Value);
        text.Append('\n');
        AppendHeaders(text, _headers, http.Request.Headers);
        if (context.Consumer is null)
        {
            Append(text, http.Request.Headers.Authorization);
        }

        return Hash(text, body.Span);
    }

    /// <summary>The key of what is kept for these values of the headers that a response's <c>Vary</c> named.</summary>
    public static string Variant(string key, IReadOnlyList<string> vary, IHeaderDictionary headers)
    {
        var text = new StringBuilder(key).Append('\n');
        AppendHeaders(text, vary, headers);
        return Hash(text, default);
    }

    // In the order of their names, so that ?a=1&b=2 and ?b=2&a=1 are one. Values of one name keep theirs.
    private void AppendQuery(StringBuilder text, string? query)
    {
        if (string.IsNullOrEmpty(query))
        {
            return;
        }

        var pairs = query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => (Name: Uri.UnescapeDataString(pair.Split('=', 2)[0]), Pair: pair))
            .Where(pair => _parameters?.Contains(pair.Name) ?? true)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
        foreach (var (_, pair) in pairs)
        {
            text.Append(pair).Append('&');
        }
    }

    private static void AppendHeaders(StringBuilder text, IReadOnlyList<string> names, IHeaderDictionary headers)
    {
        foreach (var name in names)
        {
            text.Append(name).Append('=');
            Append(text, headers[name]);
        }
    }

    // With lengths, so that no value can pass for another's end.
    private static void Append(StringBuilder text, StringValues values)
    {
        foreach (var value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value?.Length}:{value},");
        }

        text.Append('\n');
    }

    private static string Hash(StringBuilder text, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var written = Encoding.UTF8.GetBytes(text.ToString(), buffer);
            hash.AppendData(buffer.AsSpan(0, written));
            hash.AppendData(body);
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            hash.GetHashAndReset(digest);
            return Convert.ToHexStringLower(digest);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
