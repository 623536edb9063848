using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.ProxyCache;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>Kong's <c>proxy-cache</c> and <c>proxy-cache-advanced</c>: answers with what an upstream said before.</summary>
/// <param name="failsOpen">Whether requests pass the cache by while its store is away.</param>
/// <param name="filter">What else decides; null for nothing.</param>
internal sealed class ProxyCachePlugin(
    Guid id, ProxyCacheConfig config, IResponseStore store, Flights flights, bool failsOpen, TimeProvider time, ICacheFilter? filter = null)
    : PluginInstance(new PluginPhases { Access = PhaseMode.Offloaded, Response = PhaseMode.Inline, Log = PhaseMode.Inline })
{
    /// <summary>Longer bodies pass without being kept.</summary>
    public const int LongestBody = 8 * 1024 * 1024;

    private const string StatusHeader = "X-Cache-Status";
    private const string Refreshed = "Refresh";

    /// <summary>For how long a request waits for another's response to the same before it goes upstream itself.</summary>
    private static readonly TimeSpan FlightLimit = TimeSpan.FromSeconds(5);
    private static readonly CacheDirectives NoDirectives = CacheDirectives.Parse(StringValues.Empty);
    private static readonly GatewayResponse NoStore = GatewayResponse.Error(StatusCodes.Status500InternalServerError, "An unexpected error occurred");
    private static readonly GatewayResponse NotCached = GatewayResponse.Error(StatusCodes.Status504GatewayTimeout, "The response is not in the cache");
    private static readonly string[] HeadersOfNotModified = ["Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Last-Modified", "Vary"];

    private readonly CacheRules _rules = new(config);
    private readonly CacheKeys _keys = new(id, config);

    public override async ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var request = context.Http.Request;
        var directives = config.CacheControl ? CacheDirectives.Parse(request.Headers.CacheControl) : NoDirectives;
        if (!_rules.MayAnswer(request, directives) || await BodyAsync(context.Http) is not { } body || filter?.MayAnswer(context, body) == false)
        {
            return Bypass(context);
        }

        var key = _keys.Of(context, body);
        if (config.ResponseHeaders.CacheKey)
        {
            context.ResponseHeaders.Set("X-Cache-Key", key);
        }

        var stored = await FindAsync(key, request.Headers);
        if (stored.IsAway)
        {
            return failsOpen ? Bypass(context) : NoStore;
        }

        var conditions = Conditions.Of(request.Headers);
        if (stored.Response is { } known && IsGood(known, directives))
        {
            return Hit(context, known, conditions);
        }

        if (directives.Has("only-if-cached"))
        {
            return NotCached;
        }

        return await FetchAsync(context, key, stored.Response, directives, conditions);
    }

    public override ValueTask ResponseAsync(RequestContext context)
    {
        if (context.GetItem(this) is not CacheExchange exchange)
        {
            return ValueTask.CompletedTask;
        }

        var response = context.Http.Response;
        if (!context.IsProxied)
        {
            // The gateway's own answer says nothing about the upstream's.
            Land(exchange, response: null, mayBeKept: true);
        }
        else if (exchange.Stale is { } stale && response.StatusCode == StatusCodes.Status304NotModified)
        {
            Confirm(context, exchange, stale);
        }
        else if (response.ContentLength is null or <= LongestBody && _rules.Keep(context, exchange.Key, time.GetUtcNow()) is { } kept)
        {
            exchange.ToKeep = kept;
            context.CaptureResponseBody(LongestBody);
        }
        else
        {
            SetStatus(response.Headers, "Bypass");
            Land(exchange, response: null, mayBeKept: false);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask LogAsync(RequestContext context)
    {
        if (context.GetItem(this) is not CacheExchange exchange)
        {
            return ValueTask.CompletedTask;
        }

        CachedResponse? kept = null;
        if (exchange.ToKeep is { } response)
        {
            if (exchange.IsConfirmed)
            {
                kept = response;
            }
            else if (context.CapturedResponseBody is { } body && filter?.MayKeep(body) != false)
            {
                kept = response with { Body = body.ToArray() };
            }

            if (kept is not null && kept.Lifetime > TimeSpan.Zero)
            {
                Keep(exchange.Key, kept);
            }
        }

        // A client that went away took its response along; the next one may well be kept.
        Land(exchange, kept, mayBeKept: kept is not null || exchange.ToKeep is null || context.Http.RequestAborted.IsCancellationRequested);
        return ValueTask.CompletedTask;
    }

    private async ValueTask<GatewayResponse?> FetchAsync(RequestContext context, string key, CachedResponse? stale, CacheDirectives directives, Conditions conditions)
    {
        var headers = context.Http.Request.Headers;
        var exchange = new CacheExchange(key, conditions);
        if (flights.Join(key, out var isLeader) is { } flight)
        {
            if (isLeader)
            {
                exchange.Flight = flight;
            }
            else if (await flight.WaitAsync(FlightLimit, context.Http.RequestAborted) is { } landed
                && (landed.Vary.Count == 0 || landed.Key == CacheKeys.Variant(key, landed.Vary, headers))
                && IsGood(landed, directives))
            {
                return Hit(context, landed, conditions);
            }
        }

        context.SetItem(this, exchange);
        if (config.ResponseHeaders.CacheStatus)
        {
            context.ResponseHeaders.Set(StatusHeader, stale is null ? "Miss" : Refreshed);
        }

        if (stale is not null && config.CacheControl)
        {
            AskForConfirmation(headers, exchange, stale);
        }

        return null;
    }

    // The client's own conditions wait until it is known what there is.
    private static void AskForConfirmation(IHeaderDictionary headers, CacheExchange exchange, CachedResponse stale)
    {
        var (tag, modified) = (stale.Header("ETag"), stale.Header("Last-Modified"));
        if (tag.Count == 0 && modified.Count == 0)
        {
            return;
        }

        exchange.Stale = stale;
        SetOrRemove(headers, "If-None-Match", tag);
        SetOrRemove(headers, "If-Modified-Since", modified);

        static void SetOrRemove(IHeaderDictionary headers, string name, StringValues value)
        {
            if (value.Count == 0)
            {
                headers.Remove(name);
            }
            else
            {
                headers[name] = value;
            }
        }
    }

    // The client is given what was kept, as if the upstream had sent it again.
    private void Confirm(RequestContext context, CacheExchange exchange, CachedResponse stale)
    {
        var response = context.Http.Response;
        var fresh = _rules.Refresh(stale, context, time.GetUtcNow());
        exchange.ToKeep = fresh;
        exchange.IsConfirmed = true;
        if (exchange.Conditions.AreMetBy(fresh))
        {
            return;
        }

        response.StatusCode = fresh.Status;
        response.ContentLength = null;
        foreach (var (name, values) in fresh.Headers)
        {
            response.Headers[name] = values;
        }

        if (!HttpMethods.IsHead(context.Http.Request.Method))
        {
            context.TransformResponseBody(_ => fresh.Body);
        }
    }

    private GatewayResponse Hit(RequestContext context, CachedResponse response, Conditions conditions)
    {
        if (config.ResponseHeaders.CacheStatus)
        {
            context.ResponseHeaders.Set(StatusHeader, "Hit");
        }

        if (config.ResponseHeaders.Age)
        {
            context.ResponseHeaders.Set("Age", ((long)response.AgeAt(time.GetUtcNow()).TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        return conditions.AreMetBy(response)
            ? new GatewayResponse(StatusCodes.Status304NotModified)
            {
                Headers = [.. response.Headers.Where(header => HeadersOfNotModified.Contains(header.Key, StringComparer.OrdinalIgnoreCase))],
            }
            : new GatewayResponse(response.Status) { Headers = response.Headers, Body = response.Body };
    }

    private GatewayResponse? Bypass(RequestContext context)
    {
        if (config.ResponseHeaders.CacheStatus)
        {
            context.ResponseHeaders.Set(StatusHeader, "Bypass");
        }

        return null;
    }

    private void SetStatus(IHeaderDictionary headers, string status)
    {
        if (config.ResponseHeaders.CacheStatus)
        {
            headers[StatusHeader] = status;
        }
    }

    private bool IsGood(CachedResponse response, CacheDirectives directives)
    {
        var now = time.GetUtcNow();
        return config.CacheControl ? Freshness.Satisfies(response, directives, now) : now - response.StoredAt <= TimeSpan.FromSeconds(config.CacheTtl);
    }

    private async ValueTask<StoredResponse> FindAsync(string key, IHeaderDictionary headers)
    {
        var stored = await store.FindAsync(key);
        return stored.Response is { IsMarker: true } marker ? await store.FindAsync(CacheKeys.Variant(key, marker.Vary, headers)) : stored;
    }

    private void Keep(string key, CachedResponse response)
    {
        var lifetime = config.StorageTtl is { } seconds ? TimeSpan.FromSeconds(seconds) : response.Lifetime;
        store.Keep(response.Key, response, lifetime);
        if (response.Vary.Count > 0)
        {
            store.Keep(key, new CachedResponse { Vary = response.Vary, Key = key }, lifetime);
        }
    }

    private void Land(CacheExchange exchange, CachedResponse? response, bool mayBeKept)
    {
        if (exchange.Flight is { } flight)
        {
            exchange.Flight = null;
            flights.Land(flight, response, mayBeKept);
        }
    }

    // Null where it is too long to tell requests apart by.
    private static async ValueTask<ReadOnlyMemory<byte>?> BodyAsync(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true ? await BufferedBody.ReadAsync(http) : ReadOnlyMemory<byte>.Empty;
}
