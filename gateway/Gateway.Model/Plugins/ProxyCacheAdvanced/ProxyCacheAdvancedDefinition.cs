using System.Text.Json.Nodes;
using Gateway.Model.Plugins.ProxyCache;
using Gateway.Model.Plugins.Redis;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.ProxyCacheAdvanced;

internal static class ProxyCacheAdvancedDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<ProxyCacheAdvancedConfig>
    {
        Name = "proxy-cache-advanced",
        Version = "1.0.0",
        Priority = 100,
        Fields = [.. ProxyCacheFields.Create("memory", "redis"), Field.Flag("bypass_on_err", false), RedisFields.Create()],
        Checks = [CheckRedis],
    };

    private static IEnumerable<ModelError> CheckRedis(JsonObject config) => config["strategy"]!.GetValue<string>() is "redis" ? RedisFields.Check(config) : [];
}
