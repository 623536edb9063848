using Gateway.DataPlane.Pipeline;
using Gateway.Plugins.CorrelationId;
using Gateway.Plugins.KeyAuth;
using Gateway.Plugins.RateLimiting;
using Gateway.Plugins.RequestTermination;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins;

/// <summary>Puts the catalogue's plugins into a host.</summary>
public static class PluginsExtensions
{
    public static IServiceCollection AddPlugins(this IServiceCollection services) => services
        .AddSingleton<PluginFactory, CorrelationIdFactory>()
        .AddSingleton<PluginFactory, KeyAuthFactory>()
        .AddSingleton<PluginFactory, RateLimitingFactory>()
        .AddSingleton<PluginFactory, RequestTerminationFactory>();
}
