using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.GraphQLLimits;

namespace Gateway.Plugins.GraphQLLimits;

internal sealed class GraphQLLimitsFactory() : CataloguePluginFactory<GraphQLLimitsConfig>("graphql-limits")
{
    protected override PluginInstance Create(GraphQLLimitsConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) => new GraphQLLimitsPlugin(config);
}
