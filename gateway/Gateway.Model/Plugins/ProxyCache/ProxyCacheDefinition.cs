namespace Gateway.Model.Plugins.ProxyCache;

internal static class ProxyCacheDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<ProxyCacheConfig>
    {
        Name = "proxy-cache",
        Version = "1.0.0",
        Priority = 100,
        Fields = ProxyCacheFields.Create("memory"),
    };
}
