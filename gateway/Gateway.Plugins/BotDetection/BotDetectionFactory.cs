using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.BotDetection;

namespace Gateway.Plugins.BotDetection;

internal sealed class BotDetectionFactory() : CataloguePluginFactory<BotDetectionConfig>("bot-detection")
{
    protected override PluginInstance Create(BotDetectionConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new BotDetectionPlugin(config);
}
