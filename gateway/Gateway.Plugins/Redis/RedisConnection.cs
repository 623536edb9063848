using StackExchange.Redis;

namespace Gateway.Plugins.Redis;

/// <summary>
/// What a plugin instance holds of a connection to Redis. No call waits longer than the configured time, none throws for what is wrong with Redis, and while
/// Redis is away none waits at all.
/// </summary>
internal sealed class RedisConnection(RedisLink link)
{
    /// <summary>False while Redis is away.</summary>
    public bool IsAvailable => link.IsAvailable;

    /// <summary>Runs a script on the key's server in one round trip. Null where Redis is away.</summary>
    public ValueTask<RedisResult?> EvaluateAsync(string script, RedisKey key, RedisValue[] arguments) =>
        link.TryAsync(
            static (database, call) => database.ScriptEvaluateAsync(call.script, [call.key], call.arguments),
            key,
            (script, key, arguments));

    /// <summary>The key's value (null where there is none). The whole is null where Redis is away.</summary>
    public ValueTask<RedisBytes?> GetAsync(RedisKey key) => link.TryAsync(
        static async (database, key) => new RedisBytes(await database.StringGetAsync(key)),
        key,
        key);

    /// <summary>Sets a key for some time. False where Redis is away.</summary>
    public async ValueTask<bool> SetAsync(RedisKey key, ReadOnlyMemory<byte> value, TimeSpan lifetime) => await link.TryAsync(
        static async (database, call) => new RedisBytes(await database.StringSetAsync(call.key, call.value, call.lifetime) ? call.value : default),
        key,
        (key, value, lifetime)) is not null;
}
