using Gateway.DataPlane.Pipeline;
using Gateway.Model.Declarative;
using Gateway.Model.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Listing;

/// <summary>What each plugin of this build is and does, read from the code that does it.</summary>
public static class PluginListing
{
    private static readonly (string Phase, string Method)[] Phases =
    [
        ("certificate", nameof(PluginInstance.CertificateAsync)),
        ("rewrite", nameof(PluginInstance.RewriteAsync)),
        ("access", nameof(PluginInstance.AccessAsync)),
        ("response", nameof(PluginInstance.ResponseAsync)),
        ("log", nameof(PluginInstance.LogAsync)),
    ];

    /// <summary>Highest priority first, as they run.</summary>
    public static IReadOnlyList<ListedPlugin> All()
    {
        var factories = new ServiceCollection().AddPlugins()
            .Where(service => service.ServiceType == typeof(PluginFactory))
            .Select(service => service.ImplementationType!)
            .ToDictionary(ConfigOf);
        return [.. PluginCatalogue.All
            .OrderByDescending(plugin => plugin.Priority)
            .ThenBy(plugin => plugin.Name, StringComparer.Ordinal)
            .Select(plugin => Listed(plugin, factories[plugin.GetType().GenericTypeArguments[0]]))];
    }

    private static ListedPlugin Listed(PluginDefinition plugin, Type factory) => new(
        plugin.Name,
        plugin.Version,
        plugin.Priority,
        [.. Phases.Where(phase => InstancesOf(factory).Any(instance => instance.GetMethod(phase.Method)!.DeclaringType != typeof(PluginInstance))).Select(phase => phase.Phase)],
        plugin.MayHaveConsumer ? ["global", "service", "route", "consumer", "consumer_group"] : ["global", "service", "route"],
        KongCompatibility.FieldsOf(plugin),
        KongCompatibility.RefusedOf(plugin));

    private static Type ConfigOf(Type factory)
    {
        for (var type = factory; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(CataloguePluginFactory<>))
            {
                return type.GenericTypeArguments[0];
            }
        }

        throw new InvalidOperationException($"{factory} makes no plugin of the catalogue.");
    }

    // They lie beside their factory; an advanced plugin, or one for GraphQL, may share those of the plain one.
    private static IEnumerable<Type> InstancesOf(Type factory)
    {
        var own = In(factory.Namespace!);
        return own.Length > 0 ? own : In(factory.Namespace!.Replace("Advanced", string.Empty, StringComparison.Ordinal).Replace("GraphQLProxy", "Proxy", StringComparison.Ordinal));

        Type[] In(string space) => [.. factory.Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PluginInstance)) && string.Equals(type.Namespace, space, StringComparison.Ordinal))];
    }
}
