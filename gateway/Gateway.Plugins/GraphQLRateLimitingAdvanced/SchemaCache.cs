using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>The schemas of the services that one plugin counts for. Outlives changes of the plugin's configuration.</summary>
internal sealed class SchemaCache(TimeProvider time, ILogger logger) : IPluginState
{
    /// <summary>How old a schema may be. An older one still serves while it is asked for again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a service that did not say its schema is not asked again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<SchemaKey, CachedSchema> _schemas = new();

    /// <summary>Null where the service does not say it. Who comes first asks; the others wait with it, unless an older schema is there.</summary>
    public ValueTask<UpstreamSchema?> GetAsync(RequestContext context, Introspection introspection)
    {
        if (context.Service is not { } service)
        {
            return default;
        }

        var key = SchemaKey.Of(service);
        var cached = _schemas.GetOrAdd(key, static _ => new CachedSchema());
        Task asking;
        var isOwn = false;
        lock (cached.Gate)
        {
            var now = time.GetUtcNow();
            cached.UsedAt = now;
            if (cached.Asking is null && now >= cached.AskAgainAt)
            {
                // Nothing of the request is used once it may be over, and nothing is sent under the lock.
                var ask = introspection.Prepare(context);
                cached.Asking = Task.Run(() => RefreshAsync(key, cached, ask, isShared: true));
                isOwn = true;
            }

            if (cached.Schema is not null || cached.Asking is null)
            {
                return new(cached.Schema);
            }

            asking = cached.Asking;
        }

        return WaitAsync(key, cached, context, introspection, asking, isOwn);
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var entry in _schemas)
        {
            lock (entry.Value.Gate)
            {
                if (now - entry.Value.UsedAt > Retention)
                {
                    _schemas.TryRemove(entry);
                }
            }
        }
    }

    private async ValueTask<UpstreamSchema?> WaitAsync(
        SchemaKey key, CachedSchema cached, RequestContext context, Introspection introspection, Task asking, bool isOwn)
    {
        await asking;
        lock (cached.Gate)
        {
            if (isOwn || cached.Schema is not null || time.GetUtcNow() < cached.AskAgainAt)
            {
                return cached.Schema;
            }
        }

        // It was somebody else's credentials that did not do. Nobody waits for this caller's, nor this caller in a row of others.
        await RefreshAsync(key, cached, introspection.Prepare(context), isShared: false);
        lock (cached.Gate)
        {
            return cached.Schema;
        }
    }

    private async Task RefreshAsync(SchemaKey key, CachedSchema cached, Func<Task<UpstreamSchema>> ask, bool isShared)
    {
        UpstreamSchema? schema = null;
        var again = Pause;
        try
        {
            schema = await ask();
            again = Lifetime;
        }
        catch (HttpRequestException denied) when (denied.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // Of one client's credentials. The next one need not wait for it.
            again = TimeSpan.Zero;
            SchemaLog.Denied(logger, key.Service, key.Host, (int)denied.StatusCode);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            SchemaLog.NotKnown(logger, key.Service, key.Host, failure);
        }
        finally
        {
            lock (cached.Gate)
            {
                // What was known before is better than nothing.
                cached.Schema = schema ?? cached.Schema;
                if (isShared || schema is not null)
                {
                    cached.AskAgainAt = time.GetUtcNow() + again;
                }

                if (isShared)
                {
                    cached.Asking = null;
                }
            }
        }
    }
}
