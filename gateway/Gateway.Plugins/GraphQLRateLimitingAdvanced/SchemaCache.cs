using System.Collections.Concurrent;
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
        if (context.Service is not { } service || context.ServiceAddress is not { } address)
        {
            return default;
        }

        var key = SchemaKey.Of(service);
        var cached = _schemas.GetOrAdd(key, static _ => new CachedSchema());
        var now = time.GetUtcNow();
        lock (cached.Gate)
        {
            cached.UsedAt = now;
            if (cached.Asking is null && now >= cached.AskAgainAt)
            {
                // Nothing of the request is used once it may be over, and nothing is sent under the lock.
                var ask = introspection.Prepare(context, address);
                cached.Asking = Task.Run(() => RefreshAsync(key, cached, ask));
            }

            return cached.Schema is not null || cached.Asking is null ? new(cached.Schema) : AwaitAsync(cached, cached.Asking);
        }
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

    private static async ValueTask<UpstreamSchema?> AwaitAsync(CachedSchema cached, Task asking)
    {
        await asking;
        lock (cached.Gate)
        {
            return cached.Schema;
        }
    }

    private async Task RefreshAsync(SchemaKey key, CachedSchema cached, Func<Task<UpstreamSchema>> ask)
    {
        UpstreamSchema? schema = null;
        try
        {
            schema = await ask();
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
                cached.AskAgainAt = time.GetUtcNow() + (schema is null ? Pause : Lifetime);
                cached.Asking = null;
            }
        }
    }
}
