using System.Globalization;
using System.Net;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Balancing;

/// <summary>What an upstream's requests are hashed on: <c>hash_on</c>, and <c>hash_fallback</c> for requests that do not have that.</summary>
internal sealed class HashInput
{
    private const string Cookie = "cookie";
    private const string None = "none";

    private readonly string _first;
    private readonly string? _firstName;
    private readonly string _second;
    private readonly string? _secondName;
    private readonly string? _cookie;
    private readonly string _cookiePath;

    public HashInput(Upstream upstream)
    {
        _first = upstream.HashOn;
        _firstName = NameOf(_first, upstream.HashOnHeader, upstream.HashOnQueryArg, upstream.HashOnUriCapture);
        _second = upstream.HashFallback;
        _secondName = NameOf(_second, upstream.HashFallbackHeader, upstream.HashFallbackQueryArg, upstream.HashFallbackUriCapture);
        _cookie = upstream.HashOnCookie;
        _cookiePath = upstream.HashOnCookiePath;
    }

    /// <summary>Null where the request has neither; the balancer then goes by turns. A request without the cookie gets one.</summary>
    public ulong? Read(RequestContext context) => Read(context, _first, _firstName) ?? Read(context, _second, _secondName);

    private static string? NameOf(string kind, string? header, string? queryArg, string? uriCapture) => kind switch
    {
        "header" => header,
        "query_arg" => queryArg,
        "uri_capture" => uriCapture,
        _ => null,
    };

    private ulong? Read(RequestContext context, string kind, string? name) => kind switch
    {
        None => null,
        "consumer" => Consumer(context),
        "ip" => Ip(context.ClientAddress),
        "header" => Values(context.Http.Request.Headers[name!]),
        "query_arg" => context.Http.Request.Query.TryGetValue(name!, out var values) ? Values(values) : null,
        "path" => StableHash.Of(context.Path.Span),
        "uri_capture" => context.UriCapture(name!) is { } capture ? StableHash.Of(capture) : null,
        Cookie => CookieValue(context),
        _ => null,
    };

    // A credential that belongs to no consumer is a caller all the same.
    private static ulong? Consumer(RequestContext context)
    {
        if (context.Consumer is { } consumer)
        {
            Span<byte> id = stackalloc byte[16];
            consumer.Id.TryWriteBytes(id, bigEndian: true, out _);
            return StableHash.Of(id);
        }

        return context.Credential?.Id is { } credential ? StableHash.Of(credential) : null;
    }

    private static ulong? Ip(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var written) ? StableHash.Of(bytes[..written]) : null;
    }

    // Several values of one name count together, in an order that does not depend on the client's.
    private static ulong? Values(StringValues values)
    {
        if (values.Count < 2)
        {
            return values.Count == 0 ? null : StableHash.Of(values[0]);
        }

        var sum = 0UL;
        foreach (var value in values)
        {
            sum += StableHash.Of(value);
        }

        return StableHash.Mix(sum);
    }

    private ulong CookieValue(RequestContext context)
    {
        if (context.Http.Request.Cookies.TryGetValue(_cookie!, out var value) && !string.IsNullOrEmpty(value))
        {
            return StableHash.Of(value);
        }

        value = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
        context.ResponseHeaders.Append("Set-Cookie", $"{_cookie}={value}; Path={_cookiePath}");
        return StableHash.Of(value);
    }
}
