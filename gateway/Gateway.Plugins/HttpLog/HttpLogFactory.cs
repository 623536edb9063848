using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.HttpLog;

namespace Gateway.Plugins.HttpLog;

internal sealed class HttpLogFactory() : CataloguePluginFactory<HttpLogConfig>("http-log")
{
    protected override PluginInstance Create(HttpLogConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new HttpLogPlugin(config, host.Logging, HttpLogPlugin.CreateClient(config));
}
