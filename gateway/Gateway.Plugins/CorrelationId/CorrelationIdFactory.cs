using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.CorrelationId;

namespace Gateway.Plugins.CorrelationId;

internal sealed class CorrelationIdFactory() : CataloguePluginFactory<CorrelationIdConfig>("correlation-id")
{
    // One counter per process, whatever instances there are: an id is never given twice.
    private readonly ProcessCounter _counter = new();

    protected override PluginInstance Create(CorrelationIdConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new CorrelationIdPlugin(config, _counter, host.Time);
}
