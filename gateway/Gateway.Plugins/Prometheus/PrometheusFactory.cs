using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Prometheus;

namespace Gateway.Plugins.Prometheus;

internal sealed class PrometheusFactory(PrometheusMetrics metrics) : CataloguePluginFactory<PrometheusConfig>("prometheus")
{
    protected override PluginInstance Create(PrometheusConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new PrometheusPlugin(config, metrics);
}
