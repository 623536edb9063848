using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.OpenSearchLog;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenSearchLog;

internal sealed class OpenSearchLogFactory(DiskBuffers buffers) : CataloguePluginFactory<OpenSearchLogConfig>("opensearch-log")
{
    protected override PluginInstance Create(OpenSearchLogConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        var client = new BulkClient(config, host.Logging, host.Loggers.CreateLogger<BulkClient>(), BulkClient.CreateHttp(config));
        return new OpenSearchLogPlugin(config.Queue, client, buffers.Get(config, client, host.Logging), host.Logging, host.Time);
    }
}
