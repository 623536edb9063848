using Microsoft.Extensions.DependencyInjection;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Puts plugins that did not come with the gateway into a host.</summary>
public static class OwnPluginExtensions
{
    /// <param name="plugins">Their definitions are in the catalogue already.</param>
    public static IServiceCollection AddOwnPlugins(this IServiceCollection services, IReadOnlyList<OwnPlugin> plugins)
    {
        foreach (var plugin in plugins)
        {
            services.AddSingleton(plugin.CreateFactory());
        }

        return services;
    }
}
