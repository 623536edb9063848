using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Degraphql;

namespace Gateway.Plugins.Degraphql;

internal sealed class DegraphqlFactory() : CataloguePluginFactory<DegraphqlConfig>("degraphql")
{
    protected override PluginInstance? Create(DegraphqlConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        var routes = new List<QueryRoute>(config.Routes.Count);
        for (var i = 0; i < config.Routes.Count; i++)
        {
            if (QueryRoute.Compile(config.Routes[i], out var field, out var problem) is { } route)
            {
                routes.Add(route);
            }
            else
            {
                errors.Add(new ModelError($"config.routes[{i}].{field}", problem!));
            }
        }

        return routes.Count == config.Routes.Count ? new DegraphqlPlugin(config.GraphqlServerPath, [.. routes]) : null;
    }
}
