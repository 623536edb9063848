using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.KeyAuth;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.KeyAuth;

internal sealed class KeyAuthFactory() : CataloguePluginFactory<KeyAuthConfig>("key-auth")
{
    protected override PluginInstance Create(KeyAuthConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new KeyAuthPlugin(config, host.Time, host.Loggers.CreateLogger<KeyAuthPlugin>());
}
